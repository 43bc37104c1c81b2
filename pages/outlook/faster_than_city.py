"""2035年展望: is the district growing significantly faster than the city?"""

from pages.outlook.city.page import faster_than_city_page

faster_than_city_page()
