"""One template a kind of statement: what it comes to for a year, a month, or some columns."""

from analytics.data.ledger.contract import FLAGS, MEASURES
from analytics.data.ledger.engine import Table
from analytics.data.ledger.statements import job, statement

NOTHING = Table({}, [])


def test_what_is_published_monthly_reads_neither_flags_nor_the_other_amounts():
    sql = statement("monthly_cells") + statement("monthly_sums")
    assert [name for name in MEASURES if name in sql] == ["output_to_date", "investment"]
    assert not any(word in sql for word in (*FLAGS, "cluster", "park_level", "emerging"))


def test_the_largest_amounts_are_looked_for_in_the_columns_in_doubt_only():
    sql = statement("largest", measures=["tax"])
    assert [name for name in MEASURES if f"c.{name}" in sql] == ["tax"]


def test_sums_and_numbers_of_a_year_rest_on_one_reading_of_the_ledger():
    asked = job([], {"sums": NOTHING}, ("yearly_sums", "counts"), region="31")
    assert [step.name for step in asked.steps] == [
        *("placed", "yearly_cells", "yearly_sums", "counts"),
    ]
    assert [step.name for step in asked.steps if step.kept] == ["yearly_cells"]
