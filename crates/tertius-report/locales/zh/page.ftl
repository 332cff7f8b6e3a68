page-skip = 跳到判读
page-contents = 目录
page-table = 同一内容的表格
page-need-script = 绘图需要 JavaScript；下表内容相同。
page-made-by = { $program }，随机种子 { $seed }。相同的输入得到相同的字节。
page-turning-points = 转折点
page-turning-none = 没有任何十二个月窗口，其中半数以上的抽样路径改变角色组合，且几率达到先验的三倍。
page-from-to = 由{ $from }到{ $to }
page-came-went = { $came }出现、{ $went }消失；前后是否另有其他角色，未能确定
page-came = { $came }出现；此前扮演什么，未能确定
page-went = { $went }消失；此后扮演什么，未能确定
page-mixed = 角色有变化；何者出现、何者消失，未能确定
page-held = 其中 { $share } 的月份因未作判定而沿用前月；最近一次自行判定于{ $month }。
page-held-none = 没有任何月份自行作出判定。
page-partings = 规则与判读何以不同
page-partings-note = 表中为规则指明角色的月份中的比例。两者不同的每个月，都查找是否有单独一项检验若结果相反便会得出判读的组合。
page-partings-agree = 规则指明角色的 { $n } 个月中，两者组合相同的比例为 { $same }，至少有一个共同角色的比例为 { $shares }。
page-fragile = 标签所依赖的记录
page-fragile-note = 去掉之后某角色的平均概率越过二分之一的最少行为与措施，并在去掉它们后重新完整判读。逐步找到的集合只是最小集合的上界。
page-fragile-not = 本次运行未查找：请加 --fragility。
page-fragile-none = 不超过 { $n } 行的集合均不足以改变
word-deciding = 起决定作用的检验
word-before = 之前
word-after = 之后
word-rows-without = 记录
page-penetrations = 由其他角色主导的议题（渗透）
page-penetrations-none = 无：总体未转折时，没有议题由另一角色主导达三个月。
page-penetrations-caution = 慎用：单个议题自身的行为很少。在模拟记录中，确由另一角色主导两年的议题大多未被发现，也有并无此事而误报的。
page-acts = 各议题上的行为
page-agreement = 逐个角色
page-agreement-note = 均为所比较月份中的比例；κ 已扣除仅凭偶然的一致，偶然即会始终一致时不给出。
page-evidence = 各转折的证据
page-months-apart = 各转折当月
page-published = 与已发表判读对照
page-published-note = 此处的计算均未使用这些判读：判读完成之后才并列于此。某角色在该时期的平均概率不低于二分之一，即视为读出。几个角色可以同时扮演：单个字母的概率之和不必为 1，其下的组合则互相排斥。
page-strain = 角色张力
page-strain-note = 强势盟国的期待与弱势盟国的宣示之间的距离，以十二个月为窗口，减去偶然所致的部分；任一方不足十条陈述时不给出。
page-strain-value = 张力
page-strain-expected = 期待
page-strain-declared = 宣示
page-methods = 方法
page-cite = 应引文献
page-data = 数据
page-inputs = 读取的文件
page-options = 选项
page-coverage = 检索范围
page-series = 序列
page-coders = 编码者
page-diagnostics = 关于记录的说明
page-cannot = 本判读不能说明什么
page-rows = 各行
page-sources = 来源
page-checked = 已核对
page-unchecked = 未核对
page-cited-by = 引用者
page-file-row = { $file } 第 { $row } 行
page-as-of = 截至{ $month }
page-span = { $from }至{ $to }
page-roles = 角色
lead-turns = { $n ->
    [0] 没有突出的转折点。
    [one] 有一个突出的转折点：{ $month }（90%区间{ $from }至{ $to }），{ $turn }；概率 { $against }。
   *[other] { $n } 个转折点中最明确的是{ $month }（90%区间{ $from }至{ $to }），{ $turn }；概率 { $against }。
}
lead = { $month }，{ $ally }在{ $patron }与{ $rival }之间{ $n ->
    [0] 最可能不扮演上述任何角色
   *[other] 最可能只扮演{ $set }
}（概率 { $p }）。{ $several }{ $turns }
caution-approximate = 近似结果：快速路径只抽取数百次，不足以给出区间，故不显示。只可先看，不是读数。
caution-unconverged = 各链未达成一致：此处任何数字都不应视为定论。
methods-text = 角色仅从行为判读，所用为隐马尔可夫模型，状态为 { $roles } 个角色的组合（角色目录“{ $catalogue }”），时间单位为{ $resolution }，自{ $from }至{ $to }，使用截至{ $asof }已知的 { $acts }。同一事件的各行共享权重；全面检索过的月份，其沉默亦为证据；参数在 { $chains } 条马尔可夫链上积分（保留 { $draws } 次抽样；概率的最大蒙特卡洛误差 { $mc }，最大潜在尺度缩减因子 { $rhat }）。框架的规则仅由条件推出其预期，判读并不使用。转折点指至少半数抽样路径改变角色组合、且几率不低于先验路径三倍的十二个月窗口。{ $data }{ $options }由 { $program } 计算，随机种子 { $seed }。
acts-count = { $n } 项行为
cannot-one-case = 单个三边关系无法区分某一角色是一直在扮演，还是其行为本来就频繁：记录对此未定之处，区间便宽。
cannot-together = 两个角色同时扮演时，尤其是追随与平衡，两者往往都被低估。
cannot-cause = 判读不指认原因。与转折同时出现的，未必是促成转折的。
cannot-intent = 判读所依据的是有记录的言行，而非意图。
cannot-direction = 判读只有一个方向：平衡者由其接近对手之举、以及对强势盟国措施的保留来判读（即框架的 B+）。对对手比强势盟国更强硬的一侧（B−）在角色目录中没有自己的行为类别，无从判读：规则与判读并列之处，判读所得的平衡者即 B+，并不能回答规则所说的 B−。
cannot-unchecked = { $n ->
    [0] 每一行都已在其来源中核对。
   *[other] 有 { $n } 行尚未在其来源中核对。
}
cannot-coverage = 未经全面检索之处，沉默不说明任何问题；未见于记录的，仍可能发生过。
cannot-hidden = { $n ->
    [0] 截止月份没有隐去任何行。
   *[other] 截止月份隐去了 { $n } 行。
}
replacement-onset = 开始
replacement-ended = 结束
replacement-added = 增加角色
replacement-shed = 减少角色
replacement-replaced = 转换
replacement-partial = 部分变化
replacement-alternation = 交替
replacement-unresolved = 未定
composition-merging = 合并
severity-error = 错误
severity-warning = 警告
severity-note = 提示
terminal-legend = { $low } 至 { $high }：概率 0 至 1，每格为 { $months } 个月的均值。规则：■ 预期，▒ 仅沿用此前的预期，▫ 容许。行末：最后一个月。各角色：
terminal-rule = 规则
terminal-turns = 转折点
page-flags = 关于部分月份的说明
terminal-published = 与已发表判读对照
terminal-more = 其余 { $n } 项（行与沉默）：
terminal-log-odds = 概率 { $p }，对数几率 { $x }
page-strain-table = 逐月
replacement-returned = 复归
composition-single = 单一角色
flag-volume-dependent = { $role }有赖于把沉默计为证据：不计则概率不同
flag-psi-dependent = { $role }与{ $other }并存：概率随角色对项的设定而不同
flag-mode-split = { $role }：各链意见不一，记录未能说明是一直在扮演，还是其行为本就频繁
flag-inseparable = { $role }与{ $other }无法区分（后验相关）
page-explain = 其他任一月份的证据：
page-copy = 复制
page-copied = 已复制
page-behind = 重合度所依据的立场
page-behind-note = 每个议题按依据相同行的月份分段，给出该段首末两值。立场的权重六个月减半，因此没有新行时数值也会缓慢变化。
page-framework = 框架来源的未尽之处
page-framework-note = 框架所出之著作中的矛盾与空白，以及此处的处理。
page-flags-none = 没有月份带标记。
page-flags-all = 月份可能带有的全部标记
page-methods-note = 可直接用于论文的段落，两种语言。
page-cite-note = 使用本判读的论文应引用框架、程序及所用数据；论及方法者应引用其著作。单行的来源见下。
page-series-note = 每个数值及其来源：
rule-flag-out-of-scope = 规则不论及该月：没有同盟，或盟国并非较弱一方
rule-flag-indeterminate = 分歧处于规则的两个阈值之间，且没有先前分支可沿用
rule-flag-unknown-input = 规则未指明角色：起决定作用的输入未知
rule-flag-unattested = 规则容许框架来源从未讨论过的组合
rule-flag-ambition-opposed = 弱势盟国自有抱负而强势盟国并不欢迎：不预期利用者
rule-flag-ceiling-binds = 同盟上限起约束作用：弱势盟国不能偏离到其所愿的程度
page-inputs-note = 每个文件及其指纹
page-rows-paper = 纸上只印支撑各转折点的行及其来源。其余各行见网页与案例的表格。
page-rows-all = 打印全部的行与来源
terminal-pair = { $name }：{ $value }
terminal-semicolon = ；
coded-join = { "" }
coded-untold = 没有人说明这份记录由谁编码：其文件没有为任何一行注明编码员。
coded-people = 这份记录的 { $rows } 行由 { $people } 人编码。
coded-models = 这份记录的 { $rows } 行由 { $models } 个语言模型编码，没有一行由人编码。
coded-both = { $rows } 行中，{ $bypeople } 行由 { $people } 人编码，{ $bymodels } 行由 { $models } 个语言模型编码。
coded-some-untold = 另有 { $n } 行没有说明由谁编码。
coded-no-caveat = 案例的文件没有说明换一名编码员会使读数改变多少。
methods-data = 条件序列依据：{ $list }。
methods-no-data = 本案例没有依据已发表数据集的序列。
methods-options = 与程序默认值不同的设定：{ $list }。
methods-defaults = 所有设定均为程序默认值。
page-turns-note = 先验：不用任何证据抽得的路径在同一些月份改变的比例。转折的几率须达到先验的三倍才予指出。
page-turns-known = 知晓时间：当时已有的记录首次显示该转折的月份。若晚于转折本身的月份，则证据是后来才有的。
page-turns-untold = { $n ->
    [0] {""}
   *[other] 另有 { $n } 个窗口虽有半数以上的路径改变，但未达此数，故不指出。
}
turn-against-prior = { $p }（先验 { $prior }）
turn-known-from = 其证据来得更晚：只凭当时已有的记录，要到{ $month }才看得出。
turn-known-never = 只在回顾时看得出：只凭当时已有的记录，任何月份都看不出。
lead-several = 几个角色可以同时扮演：单独来看，各为 { $each }{ $n ->
    [0] 。
   *[other] ；其次的组合为{ $others }。
}
lead-nothing = 没有可读的内容。{ $from }至{ $to }，记录中没有{ $ally }的行为、没有可回应的措施、没有行为序列，也没有全面检索过的月份：以下各概率都是先验，即读任何记录之前的假定。
lead-next-to-nothing = 几乎没有读到什么。可供判读的记录（{ $acts } 项行为、{ $measures } 项措施、{ $values } 个序列数值、{ $searched } 个全面检索的月份）在任何月份都没有使任何角色的几率达到先验的三倍或降到其三分之一；变动最大的是{ $month }的{ $role }，为 { $factor } 倍。以下所列实质上是先验，即读任何记录之前的假定。
terminal-role = { $letter } { $name }：{ $gloss }
page-verdict-line = { $period }：已发表判读为{ $published }（{ $source }）；此处判读为{ $ours }（{ $p }）。{ $verdict }
verdict-same = { $n ->
    [0] 两者都未读出这些角色。
   *[other] 两者都读出{ $same }，没有不同之处。
}
verdict-parts = { $n ->
    [0] 不同之处：{ $apart }。
   *[other] 两者都读出{ $same }；不同之处：{ $apart }。
}
verdict-published-alone = 已发表判读有{ $role }，此处为 { $p }
verdict-ours-alone = 此处{ $role }为 { $p }，已发表判读没有
terminal-more-kind = { $kind }，{ $n } 项：{ $x }
kind-answers = 对措施的回应
kind-values = 序列数值
kind-silent = 别无发现的月份
kind-unanswered = 措施未获回应的月份
kind-others = 其他
terminal-fragile = { $from } – { $to } { $role }：判读为 { $before }，去掉 { $n } 行后为 { $after }：{ $rows }
terminal-firm = 另有 { $n } 个标签，未找到不超过 { $most } 行而足以改变它们的集合。
parting-line = { $named ->
    [0] { $from }至{ $to }
   *[other] { $period }（{ $from }至{ $to }）
}：{ $compared } 个月中有 { $parted } 个月两者不同；规则多为{ $rule }，判读多为{ $reader }。{ $why }
parting-test = 其中 { $share } 的月份，若{ $input }{ $side ->
    [0] 低于
   *[other] 高于
} { $threshold }，规则也会得出{ $gives }；最接近的是{ $month }，为 { $value }（90%区间 { $band }）{ $rest ->
    [0] 。
   *[other] ；有 { $left } 的月份，改变任何单独一个条件都不够。
}
parting-no-test = 改变任何单独一个条件都不能使规则得出所判读的组合：须有数个条件同时不同。
input-d = 分歧
input-a = 强势盟国在两国实力中的份额
input-c = 自身抱负与强势盟国期待的契合
input-m = 自身抱负
input-k = 自身能力
input-b = 强势盟国要求分担的程度
