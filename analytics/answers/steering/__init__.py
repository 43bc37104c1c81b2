"""Steer a release: scenarios carried, solved for, compared and explained."""
