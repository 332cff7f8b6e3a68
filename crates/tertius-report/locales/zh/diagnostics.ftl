diagnostic-missing-file = 缺少 { $file }；{ $sort ->
    [series] case.toml 已声明它：请放入文件，或删去该序列
   *[other] 每个案例都要有此文件
}
diagnostic-unreadable-file = { $file } 存在但无法读取：{ $reason }
diagnostic-absent-table = 没有 { $file }：不读取此类内容
diagnostic-not-utf8 = { $encoding ->
    [cut] 文件在一个字符中间结束，似乎被截断：请重新取得完整的文件（若文件完整，请另存为 UTF-8）
   *[other] 文件不是 UTF-8（看似 { $encoding }）：请另存为 UTF-8
}
diagnostic-not-csv = 无法按 CSV 读取：{ $reason ->
    [empty-file] 文件是空的
    [unterminated-quote] 有引号没有闭合
    [text-after-quote] 单元格在引号闭合之后还有文字
   *[other] { $reason }
}
diagnostic-ragged-row = 此行有 { $cells } 格，表头有 { $columns } 格：{ $divided ->
    [semicolons] 此表以分号分格，含分号的列表须加引号（"USA;AUS"）
    [tabs] 请检查多余的制表符或引号
   *[other] 请检查多余的逗号或引号
}
diagnostic-missing-column = 缺少列 { $column }{ $near ->
    [yes] ；此列已代为检查，请改名：{ $nearest }
   *[no] {""}
}
diagnostic-unknown-column = 不读取列 { $column }{ $near ->
    [yes] ；最接近的已知列：{ $nearest }
   *[no] {""}
}
diagnostic-duplicate-column = 列 { $column } 出现两次：请保留一个
diagnostic-empty-table = 表中没有行
diagnostic-not-toml = 无法按 TOML 读取：{ $reason }
diagnostic-unknown-key = 不读取键 { $column }{ $near ->
    [yes] ；最接近的已知键：{ $nearest }
   *[no] {""}
}
diagnostic-wrong-schema = 案例写明 { $value }；本程序读取 { $expected }
diagnostic-bad-id = “{ $value }”不能作为 id：只用字母、数字、连字符和下划线
diagnostic-duplicate-id = { $value } 出现两次，首见于 { $first }：请改其一
diagnostic-actor-twice = { $value } 占了两个位置：弱势盟国、强势盟国、对手须各不相同
diagnostic-actor-taken = { $value } 是国家代码：请另选
diagnostic-empty-span = 时段的结束（{ $to }）早于开始（{ $from }）
diagnostic-long-span = 时段有 { $months } 个月；最多 { $most } 个月
diagnostic-as-of-before-span = 截止月份 { $value } 早于时段开始（{ $from }）
diagnostic-unknown-catalogue = 没有角色目录 { $value }；可用：{ $allowed }
diagnostic-empty-cell = { $column } 为空，须填写
diagnostic-unknown-actor = { $value } 既非国家代码也非已声明的行为体{ $near ->
    [yes] ；最接近：{ $nearest }
   *[no] {""}
}
diagnostic-bad-date = “{ $value }”不是 { $expected } 形式的日期
diagnostic-no-such-date = 日历中没有 { $value }
diagnostic-date-reversed = { $value } 的结束早于开始
diagnostic-date-too-coarse = { $value } 过于粗略：需要月或日
diagnostic-not-a-number = “{ $value }”不是数字
diagnostic-out-of-range = { $bounds ->
    [low] { $value } 低于 { $low }
    [high] { $value } 高于 { $high }
   *[both] { $value } 超出 { $low } 至 { $high }
}
diagnostic-not-one-of = “{ $value }”不在 { $allowed } 之中
diagnostic-unknown-class = 目录中没有类别 { $value }{ $near ->
    [yes] ；最接近：{ $nearest }
   *[no] {""}
}
diagnostic-unknown-issue = 案例未声明议题 { $value }；已有：{ $allowed }
diagnostic-unknown-coder = 案例未声明编码者 { $value }；已有：{ $allowed }
diagnostic-no-source = 此行没有来源：没有来源不得录入
diagnostic-unknown-source = sources.bib 中没有 { $value }{ $near ->
    [yes] ；最接近：{ $nearest }
   *[no] {""}
}
diagnostic-checked-without-proof = 此行标为已核对，却缺少引文或定位
diagnostic-long-quote = 引文有 { $words } 词；最多 { $most } 词
diagnostic-markup-in-text = 文本含标记或控制符，照原样显示：{ $value }
diagnostic-own-gain-unproven = “自利”须有 { $expected }；现为“{ $value }”
diagnostic-wrong-actor = { $class } 是 { $expected } 的类别，不是 { $value } 的
diagnostic-outside-alliance = { $value } 在同盟存续期（{ $since } 至 { $until }）之外
diagnostic-known-before-date = 获知时间 { $value } 早于发生时间（{ $date }）
diagnostic-outside-coalition = { $value } 不属于强势盟国的联盟（{ $allowed }）
diagnostic-half-answer = 回应须同时有日期和等级
diagnostic-answer-before-measure = 回应（{ $answer }）早于措施（{ $measure }）
diagnostic-grade-date-order = 等级日期 { $value } 不在 { $from } 至 { $to } 之内
diagnostic-bounds-order = 上下界 { $low }、{ $high } 不含 { $value }
diagnostic-expectation-not-patrons = 期待须出自强势盟国（{ $expected }），而非 { $value }
diagnostic-both-streams = { $value } 同处两侧，首见于 { $first }：解释者不得兼作表现
diagnostic-rule-indicator-not-condition = 规则使用 { $value }：请声明为条件
diagnostic-undeclared-series = case.toml 未声明 { $file }：不读取
diagnostic-panel-unanswered = 面板 { $value } 没有给出序列：{ $kind ->
    [no-third] 请以 { $detail } 指定第四国
    [no-state] { $detail } 在案例各月中并非国家
    [not-here] 数据文件夹中没有数据集 { $detail }（取得办法见 `tertius data show { $detail }`）
    [unreadable] { $detail }
    [and-file] 该序列又指定了文件 { $detail }：只留其一
    [unknown] 没有这个名称{ $near ->
        [yes] ；最近似者：{ $detail }
       *[no] {""}
    }
   *[other] { $kind }：{ $detail }
}
diagnostic-duplicate-period = { $value } 有两个值，首见于 { $first }
diagnostic-coverage-contradiction = 关于 { $value } 的检索范围自相矛盾，首见于 { $first }
diagnostic-no-coverage = 没有检索范围行提及下列各项，其沉默不作证据：{ $value }
diagnostic-coding-of-nothing = 没有可供再次编码的行 { $value }
diagnostic-coding-by-the-same = { $coder } 已编码过 { $value }；再次编码须由另一位编码者完成
diagnostic-not-bib = 无法读取文献库：{ $reason ->
    [too-long] 展开之后，长度超过任何文献库
    [field-too-long] 字段展开之后过长
    [braces-too-deep] 花括号嵌套过深
   *[other] { $reason }
}
diagnostic-source-incomplete = { $value } 缺少{ $lacks ->
    [url] 读者可查到的出处：url、doi 或 eprint，或期刊、书、出版者、机构
   *[other] { $lacks }
}
diagnostic-source-unused = 没有行引用 { $value }
diagnostic-unknown-option = 没有名为 { $value } 的选项{ $near ->
    [yes] ；最接近的选项：{ $nearest }
   *[no] {""}
}
diagnostic-options-disagree = rule.overlap（{ $overlap }）大于 rule.divergence（{ $divergence }）：利益不能既重叠又冲突
diagnostic-hidden-rows = { $what ->
    [answers] { $as-of } 之后才作出的回应或才达到的等级已隐去：{ $count } 个（第 { $rows } 行）
    [values] 至 { $as-of } 尚不可知的序列数值已隐去：{ $count } 个（{ $rows }）
   *[rows] 至 { $as-of } 尚不可知的行已隐去：{ $count } 行（第 { $rows } 行）
}
diagnostic-outside-span = { $side ->
    [before] 日期早于首个判读月份 { $month } 的行：{ $count } 行（第 { $rows } 行）。它们只作为事先已知，不据以判读任何月份
   *[after] 日期晚于最后判读月份 { $month } 的行：{ $count } 行（第 { $rows } 行）。不据以判读
}
diagnostic-nothing-to-read = 时段内没有弱势盟国的行为：判读即先验
diagnostic-unknown-file = 不读取此表{ $near ->
    [yes] ；最接近的已知表：{ $nearest }
   *[no] {""}
}
diagnostic-too-many-rows = 行数超出人工编码记录的可能（最多 { $most } 行）
diagnostic-wrong-type = { $column } 为 { $value }，此处须为 { $expected }
diagnostic-bad-url = { $value } 不是网址，不加链接{ $near ->
    [yes] ；请写作 { $nearest }
   *[no] {""}
}
diagnostic-more-alike = 本文件中还有 { $count } 个 { $kind } 类问题
diagnostics-total = { $errors } 个错误，{ $warnings } 个警告，{ $notes } 条提示
