"""How the district stands against the city, told in Chinese."""

from collections.abc import Sequence

from analytics import text_zh
from analytics.model.judgement.against_city import joint_lead
from analytics.model.judgement.measure import MetricPath


def joint_lead_zh(paths: Sequence[MetricPath], known: int, year: int, margin: float) -> str:
    """Say how likely all of them lead significantly, or why that cannot be said.

    ``known`` of the paths, nine at most, have a probability; ``margin`` is the lead that counts, a
    fraction a year.
    """
    joint = joint_lead(paths, year, margin)
    count = "零一两三四五六七八九"[len(paths)]
    if joint is None:
        return f"{count}项中{known}项有概率，{count}项同时显著快于全市的概率无法计算。"
    share = text_zh.probability_zh(joint.probability)
    return f"到{year}年{count}项同时显著快于全市{share}。"
