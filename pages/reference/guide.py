"""使用说明: a tour of two minutes, with pictures of the pages themselves."""

from pathlib import Path

import streamlit as st

from pages.common.conclusion import footer

_PICTURES = Path(__file__).with_name("tour")
_TOUR = (
    (
        "看全局",
        "overview",
        "总览一格一个目标，颜色按到期前景。点任何一格、一行或一张卡片，进入它的专页。",
    ),
    (
        "调一个增速",
        "expand_scale",
        "专页左为目标，中为走势，右为滑块。滑块就是年均增速；动一下，曲线、概率和“带动、拖累”同时变。"
        "“五成、八成、九成把握”给出所需增速，按一下即采用。",
    ),
    (
        "比几种设想",
        "scenario_lab",
        "情景实验室把设置存为情景，并排比较每个目标的达成概率；还可反推所需、做压力测试。",
    ),
)
_MORE = """
- **换成本区数据**　数据导入：上传表格，或在线填报；先核对，后发布，可退回上一版。
- **出材料**　简报：一页纸、季度调度、中期评估，Word、PPT、PDF；每张图都可单独导出。
- **留住一组设置**　网址就是存档：复制链接，即为同一页面、同一数据版本、同一情景。
- **读懂概率**　“截至目前”说进度，“前景”说到期能否达成，两者不混；区间的实测覆盖见方法与检验。
- **演示数据**　标有“演示”的数字由生成器补足，只供熟悉功能；侧栏可切换到“公布”。
"""

st.title("使用说明", anchor=False)
st.markdown("两分钟看懂：**看全局，调一个增速，比几种设想**。")
for number, (heading, picture, words) in enumerate(_TOUR, 1):
    with st.container(border=True, key=f"tour_{picture}"):
        st.subheader(f"{number}　{heading}", anchor=False)
        st.markdown(words)
        with st.container(key=f"picture_{picture}"):  # its room is kept by this name
            st.image(_PICTURES / f"{picture}.png", alt=f"{heading}的页面图", width="stretch")
st.subheader("还可以", anchor=False)
st.markdown(_MORE)
footer()
