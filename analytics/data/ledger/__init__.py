"""Enterprise microdata → the district's own figures; on DuckDB or on a Spark cluster.

Nothing here is imported by name from this package: the job that runs on a cluster's Python
loads it too, where pandas, pydantic and DuckDB need not be.
"""
