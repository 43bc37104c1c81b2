"""Settings of levers give other draws."""
