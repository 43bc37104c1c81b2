"""Pure analytics for the Jinshan new-industrialisation workbench."""
