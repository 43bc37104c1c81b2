"""情景实验室: scenarios side by side, what drives them, and what it takes."""

from pages.outlook.lab.page import scenario_lab_page

scenario_lab_page()
