measure-none = 没有名为“{ $name }”的指标；现有：{ $known }
measure-not-here = 数据文件夹 { $folder } 中没有数据集 { $dataset }：请运行 `tertius data fetch { $dataset }`
measure-by-hand = 数据文件夹 { $folder } 中没有数据集 { $dataset }，须手动下载：从 { $url } 取得{ $file ->
    [FILE] 其文件
   *[other] { $file }
}，然后运行 `{ $add }`
measure-no-state-but = “{ $name }”不是那些年份的国家代码或名称；很可能是 { $meant }
measure-not-after = 末年 { $to } 早于首年 { $from }。
measure-flag-not = { $flag } 对 { $name } 没有意义：请去掉。
measure-no-pair = “{ $pair }”不是一对国家：请写较高的一国、逗号和另一国（USA,RUS）。
measure-no-seat = { $name } 在这些表决中没有席位。
measure-starts-untried = 这些点出自一次爬升：从别处起步能否得到同样结果尚不可知（可用 --starts 5 一试）。
measure-starts-agree = { $n } 次起步全部到达同样的点。
measure-starts-lower = { $n } 次起步中有 { $climbs } 次到达别的点，其中最好的低 { $by } 奈特：所列的点更为可能。
measure-starts-differ = { $n } 次起步中有 { $climbs } 次到达同样可能的别的点：所列的点取决于起步之处，不可倚重。
measure-sign-arbitrary = 没有一对国家确定正负：哪一端为正是任意的（用 --above 较高国,较低国 确定）。
measure-sign-anchored = 正负由国家对确定，它们在 { $seen } 届中的 { $agreeing } 届方向一致。
measure-set-aside = { $file }：{ $rows } 行中有 { $aside } 行被搁置。
measure-no-state = “{ $name }”不是国家：请写当时的 ISO 3166 三字母代码（JPN、SUN）或国名（“Japan”、日本）。
measure-not-then = “{ $code }”在 { $from } 至 { $to } 年间不指任何国家；其有效期为 { $windows }。请改选年份，或用当时的代码（RUS；1992 年以前为 SUN）。
measure-three-states = 该指标针对三国：`tertius measure NAME 盟国 主导国 对手国`，例如 JPN USA RUS；针对所有国家的指标不需要国名（见 `tertius measure --list`）。
measure-no-issue = { $issue } 不是数据中的议题：{ $issues }。
measure-no-issues = --issue 需用目录中的唱名表决数据：自备文件未说明表决的议题。
measure-only-votes = --issue、--votes 与 --by session 只用于投票：同盟数据只有年份。
measure-nothing-divides = 所选表决无一使投票者分化，因而没有可定位的维度。
measure-not-converged = 理想点在 { $steps } 步后仍未稳定，只能视为近似值。
measure-needs-third = { $name } 除三国外还需要第四国：用 --third 国家 指定（案例中用 case.toml 的 `third`）。
measure-about-pairs = 所有国家对
measure-about-states = 所有国家
measure-about-triad = 一组三国
measure-about-triad-or-pairs = 一组三国，或所有国家对
measure-power-of-alliances = 实力是结盟对象国的权重：--weights power 须与 --on alliances 同用。表决请给出含 rcid 与 weight 两列的表。
measure-salience-of-votes = 权重表是表决的权重：请去掉 --on alliances，或改用 --weights power。
