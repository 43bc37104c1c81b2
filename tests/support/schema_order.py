"""The order in which Office's schema (ECMA-376) wants elements; Word refuses any other."""

from lxml import etree

_AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark "
    "minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt "
)
ORDER = {
    "c:chartSpace": "date1904 lang roundedCorners style chart spPr txPr externalData",
    "c:chart": "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
    "c:title": "tx layout overlay spPr txPr",
    "c:plotArea": "layout areaChart barChart lineChart catAx valAx spPr",
    "c:areaChart": "grouping varyColors ser dLbls dropLines axId",
    "c:lineChart": "grouping varyColors ser dLbls dropLines marker smooth axId",
    "c:barChart": "barDir grouping varyColors ser dLbls gapWidth overlap axId",
    "c:ser": "idx order tx spPr invertIfNegative marker dPt dLbls cat val smooth",
    "c:dLbls": (
        "numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
        "showBubbleSize"
    ),
    "c:catAx": _AXIS + "auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
    "c:valAx": _AXIS + "crossBetween majorUnit minorUnit",
    "c:scaling": "logBase orientation max min",
    "c:legend": "legendPos legendEntry layout overlay spPr txPr",
    "a:rPr": "ln solidFill latin ea cs",
    "a:defRPr": "ln solidFill latin ea cs",
    "a:tcPr": "lnL lnR lnT lnB solidFill",
    "w:pPr": (
        "pStyle keepNext keepLines pageBreakBefore widowControl kinsoku wordWrap overflowPunct "
        "spacing ind jc outlineLvl rPr"
    ),
    "w:rPr": "rStyle rFonts b bCs i iCs color sz szCs lang",
    "w:tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "w:style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "w:settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl compat "
    "themeFontLang",
    "w:sectPr": "headerReference footerReference pgSz pgMar cols",
    "w:font": "altName charset family pitch",
}
_PREFIX = {
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
}


def faults(root: etree._Element) -> set[str]:
    """Return what stands out of order, and elements the table does not know."""
    found = set()
    for element in root.iter(etree.Element):
        name = etree.QName(element)
        key = f"{_PREFIX.get(name.namespace)}:{name.localname}"
        if key not in ORDER:
            continue
        wanted = ORDER[key].split()
        held = [etree.QName(child).localname for child in element]
        found |= {f"{key}/{child}?" for child in held if child not in wanted}
        places = [wanted.index(child) for child in held if child in wanted]
        if places != sorted(places):
            found.add(f"{key}: {' '.join(held)}")
    return found
