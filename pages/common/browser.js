// What Streamlit leaves undone in the browser; run once a visit.
(() => {
  document.documentElement.lang = "zh-CN";
  if (window.jinshan) return;
  window.jinshan = true;

  // Streamlit's own words: it speaks English only.
  const WORDS = {
    "Skip to main content": "跳到正文", "App pages": "页面", "Sidebar": "侧栏",
    "Main menu": "主菜单", "Expand sidebar": "展开侧栏", "Collapse sidebar": "收起侧栏",
    "Running...": "计算中…", "Stop script": "停止计算", "Stop": "停止", "Rerun": "重新运行",
    "Settings": "设置", "Theme": "主题", "Light": "浅色", "Dark": "深色", "System": "随系统",
    "Use system setting": "随系统", "Print": "打印", "About": "关于", "Help": "说明",
    "Open": "展开", "Close": "关闭", "Close popup": "关闭", "Notifications": "通知",
    "Increment": "增加", "Decrement": "减少", "Clear value": "清除", "Clear all": "全部清除",
    "Clear selection": "清除所选", "Clear entry": "清除", "Selected values": "已选",
    "Select all": "全选", "Select...": "请选择", "Choose an option": "请选择",
    "Choose options": "请选择", "No results": "没有结果", "No options": "没有可选项",
    "No options to select": "没有可选项", "No data": "没有数据", "empty": "空",
    "Copy": "复制", "Copied": "已复制", "Copy to clipboard": "复制到剪贴板",
    "Fullscreen": "全屏", "Close fullscreen": "退出全屏", "Enter fullscreen": "全屏",
    "Exit fullscreen": "退出全屏", "Download as CSV": "下载CSV", "Search": "查找",
    "Close Search": "关闭查找", "Show/hide columns": "显示或隐藏列", "Hide column": "隐藏此列",
    "Previous Result": "上一处", "Next Result": "下一处", "Sort ascending": "升序",
    "Sort descending": "降序", "Autosize": "自动列宽", "Pin column": "固定此列",
    "Unpin column": "取消固定", "Format": "格式", "Dataframe column menu": "列菜单",
    "Upload": "选择文件", "Browse files": "选择文件", "Add files": "添加文件",
    "file upload": "选择文件", "Remove file": "移除文件", "Link to heading": "本节链接",
    "Only one file is allowed.": "只能选一个文件。", "Try again": "重试",
    "Scroll tabs left": "标签左移", "Scroll tabs right": "标签右移", "Loading...": "读取中…",
    "Show suggestions": "显示选项", "Suggestions": "选项",
    "Connecting": "连接中", "Connection error": "连接中断", "Markdown content": "正文",
    "Streamlit server is not responding. Are you connected to the internet?":
      "服务没有应答，正在重新连接。设置都在网址里，不会丢失；一直连不上的，请告诉管理员。",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "服务没有应答，正在重新连接。设置都在网址里，不会丢失；在本机运行的，可重新启动：",
    "Connection timed out.": "连接超时，正在重新连接。",
    "Cannot connect to Streamlit (HTTP status: 403).": "服务拒绝了连接（403），请从规定的入口打开，或重新登录。",
    "File type not allowed.": "不接受这种文件。",
    "Network Error": "连接中断，没有传完，请重试。",
    "Press Enter to apply": "按回车键生效", "Drag and drop file here": "把文件拖到此处",
    "Page not found": "没有这一页",
    "The page that you have requested does not seem to exist. Running the app's main page.": "网址里的页面不存在，现在显示总览。",
    "Navigate to home page": "回到总览", "Choose date": "选择日期", "Remove": "移除",
  };
  const PATTERNS = [
    [/^(?:Error: )?Number is outside the allowed range\. Please enter a value between (.+) and (.+)\.$/, "超出范围，请填$1至$2之间的数。"],
    [/^(?:Error: )?Please enter a value less than or equal to (.+)\.$/, "请填不大于$1的数。"],
    [/^(?:Error: )?Please enter a value greater than or equal to (.+)\.$/, "请填不小于$1的数。"],
    [/^(?:Limit )?(\d+)\s?MB per file(?: • (.*))?$/, "不超过$1 MB　$2"],
    [/^Upload (.+)$/, "上传$1"], [/^Remove (.+)$/, "移除$1"], [/^Selected (.+)\. (.+)$/, "已选$1，$2"],
    [/^File must be (.+) or smaller\.$/, "文件超过$1，请分开再传。"],
    [/^(?:\w*Error: )?Request failed with status code 413$/, "文件过大，或上传的文件过多，请过几分钟再试。"],
    [/^(?:\w*Error: )?Request failed with status code (\d+)$/, "没有传成（$1），请刷新页面后重试。"],
    [/^Selected Date: .*$/, "已选日期"], [/^[\w ]+ icon$/, "图标"],
    [/^(\d+) options? available\.$/, "$1项可选。"], [/^(.+), selected$/, "$1，已选"],
    [/^Help for (.+)$/, "$1的说明"], [/^Clear (.+)$/, "清除$1"],
  ];
  const NAMES = ["aria-label", "title", "placeholder", "alt"];
  const LATIN = /^[A-Za-z]|^\d+\s?(?:MB|options?)|, selected$/;

  const chinese = (text) => {
    const said = text.trim();
    if (!LATIN.test(said)) return text;
    if (Object.hasOwn(WORDS, said)) return WORDS[said];
    const found = PATTERNS.find(([pattern]) => pattern.test(said));
    return found ? said.replace(...found) : text;
  };
  const put = (text, write) => {
    const told = text && chinese(text);
    if (told && told !== text) write(told);
  };
  const attributes = (element) => {
    NAMES.forEach((name) => put(element.getAttribute(name), (told) => element.setAttribute(name, told)));
    if (element.dataset?.testid === "stVegaLiteChart") window.jinshanName?.(element);
  };
  const words = (node) => put(node.nodeValue, (told) => { node.nodeValue = told; });

  // On a phone a wide table is shown as one card a row: each cell bears the name of its column.
  const AS_THEY_ARE = '[class*="st-key-narrow"], .st-key-briefing_preview';
  const nameCells = (table) => {
    table.toggleAttribute("data-cards", !table.closest(AS_THEY_ARE));
    const heads = [...table.querySelectorAll("thead th")].map((one) => one.innerText.trim());
    table.querySelectorAll("tbody tr").forEach((row) =>
      [...row.cells].forEach((cell, at) => cell.setAttribute("data-column", heads[at] ?? "")));
  };
  const nameCellsIn = (node) => {
    const around = node.closest("[data-testid=stTable] table");
    if (around) nameCells(around);
    else node.querySelectorAll("[data-testid=stTable] table").forEach(nameCells);
  };

  const translate = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentElement?.closest("pre, code, svg, style, script")) words(node);
      return;
    }
    if (node.nodeType === Node.ELEMENT_NODE) nameCellsIn(node);
    if (node.nodeType !== Node.ELEMENT_NODE || node.closest("pre code, svg, style, script")) return;
    attributes(node);
    node.querySelectorAll(NAMES.map((name) => `[${name}]`).join()).forEach(attributes);
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (LATIN.test(walker.currentNode.nodeValue.trim())) translate(walker.currentNode);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else if (change.type === "attributes") attributes(change.target);
      else translate(change.target);
    }
    closeMenuAtFirst();
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES,
  });
  translate(document.body);

  // One entry of the history a page: what is chosen on it replaces its address.
  const push = history.pushState.bind(history);
  history.pushState = (state, unused, url) => {
    if (new URL(url ?? "", location.href).pathname === location.pathname) {
      history.replaceState(state, unused, url);
      return;
    }
    push(state, unused, url);
    const main = document.querySelector("[data-testid=stMain]");
    main?.scrollTo(0, 0);
    const drawn = new MutationObserver(() => { main.scrollTo(0, 0); drawn.disconnect(); });
    const title = document.querySelector("h1");
    if (main && title) drawn.observe(title, { childList: true, characterData: true, subtree: true });
  };

  // On a phone the menu covers the page: it closes when a page is chosen, and is closed at first.
  const NARROW = 768;
  const closeMenu = () => {
    const open = document.querySelector('[data-testid=stSidebar][data-collapsed="false"]');
    if (innerWidth < NARROW && open) open.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
    return open;
  };
  let isFirst = true;
  const closeMenuAtFirst = () => {
    if (!isFirst || !document.querySelector("[data-testid=stSidebar]")) return;
    isFirst = false;
    closeMenu();
  };
  closeMenuAtFirst();
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-testid=stSidebarNavLink]")) setTimeout(closeMenu);
  });
})();
