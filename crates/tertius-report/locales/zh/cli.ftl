cli-no-case = “{ $case }”既不是文件夹，也不是内置案例。内置案例：{ $known }。
cli-not-read = 未判读 { $case }：请先改正上述错误（{ $n } 处），再运行 `tertius check`。
cli-not-ours = { $path } 已存在，且不是 tertius 所写：请用 --out 另选位置，或将其移走。
cli-holds-case = { $path } 内含所读案例：请用 --out 另选位置。
cli-holds-other = { $path } 内有 { $file }，不是 tertius 所写，替换会使其丢失：请将其移走，或用 --out 另选位置。
cli-output-lost = 输出未能全部写出：{ $reason }
cli-no-place = { $path } 不能作为文件夹：请用 --out 指定。
cli-not-written = 无法写入 { $path }：{ $reason }
cli-reading-failed = 判读失败，这是程序的缺陷：{ $reason }。请连同案例一并报告。
cli-no-figures = 此版本不绘制图片：请启用“figures”功能编译（默认即启用）。
cli-uncovered = 图中有内置字体所缺的字符；在没有相应字体的机器上会显示为方框：{ $characters }
cli-figure-left-out = 文件夹中缺少图“{ $figure }”：{ $reason }
cli-fast-fragility = --fast 与 --fragility 不能同时使用：查找支撑标签的行，须有完整判读的抽样。请去掉其中之一。
cli-watch-folder = --watch 需要一个文件夹：内置案例不会变化。
cli-no-source = “{ $key }”不是本案例的来源：可用 `tertius cite CASE --sources --style bibtex` 列出所有键。
cli-no-month = { $month } 不在判读的月份之内（{ $from } 至 { $to }）。
cli-no-role = “{ $role }”不是角色目录中的角色；目录中有 { $known }。
cli-exists = { $path } 已存在且不是空文件夹：请另选位置；如果它就是您的案例，请运行 `tertius check { $path }`。
cli-no-state = “{ $code }”不是国家：请写现有或已不存在的国家的 ISO 3166 三字母代码（JPN、USA、SUN）或名称（“韩国”）。
cli-no-state-but = “{ $code }”不是国家：请写 ISO 3166 三字母代码或名称；很可能是 { $meant }
cli-bad-month = “{ $month }”不是月份：请写作 YYYY-MM，例如 2014-03，或只写年份。
cli-not-three = 弱势盟国、强势盟国与对手须为三个不同的国家。
cli-not-after = 末月 { $to } 早于首月 { $from }。
cli-no-answer = 缺少 { $flag }，且没有可供询问的终端。例如：tertius new { $path } --ally NOR --patron USA --rival RUS --from 1992-01 --to 2023-12
cli-bad-name = 文件夹名即案例标识，至多64个字母、数字和连字符：请取较短的名称。
cli-new-made = { $path }：各表为空的新案例（标识 { $id }）。接下来：
    1. case.toml：写明同盟的名称与起始；选定议题
    2. sources.bib：每个来源一条；acts.csv：每个行为一行，附其来源的键
    3. tertius check { $path }
    4. tertius read { $path }，再运行：tertius explain { $path } --at { $at }
    如何编码：docs/codebook.md。可参看的完整案例：tertius read japan-russia
cli-ask-ally = 弱势盟国（名称或 ISO 代码，例如 JPN）：
cli-ask-patron = 其强势盟国：
cli-ask-rival = 强势盟国的对手：
cli-ask-from = 首月（YYYY-MM）：
cli-ask-to = 末月（YYYY-MM）：
cli-step-interests = 测量利益
cli-step-roles = 判读角色
cli-step-evidence = 分解证据
cli-step-sensitivity = 以其他设定重新判读
cli-step-report = 绘制报告
cli-step-figures = 写出图片
coders-none = 没有行被编码两次：请将第二编码放入 codings/。
coders-head = 两人都编码的各行中：一致的比例，以及 Krippendorff α 及其 95% 区间。
coders-differ = 不一致之处
owed-framework = 框架
owed-program = 程序
owed-data = 序列所依据的数据与著作
owed-published = 并列的已发表判读
owed-methods = 方法
owed-sources = 记录的来源
cli-step-issues = 正在逐议题读取角色
cli-step-fragility = 正在寻找标签所依赖的记录
cli-out-is-input = 本次运行要读取 { $path }：请写入其他文件
cli-new-example = { $path }：示例，取自内置的日本案例，约二十余行。它们只示范格式，不足以据以判读。接下来：tertius check { $path }，然后换成您自己的内容。
cli-figures-written = { $path }：{ $n } 幅图（两种宽度），各有 SVG 与 PNG，另有 captions.txt
cli-notes = { $n } 条提示，涉及 { $rows } 行（个值）未读入或仅供回看：用 `tertius check { $case }` 查看
cli-as-of-late = --as-of { $month } 晚于所读的最后一个月 { $last }：此后才知道的内容也会使用，{ $hidden ->
    [0] 没有隐藏任何行
   *[other] 隐藏 { $hidden } 行
}。
