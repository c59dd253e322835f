"""One page of a report in each language, with all that stands in a report: for the eye and for comparison."""

from dataclasses import replace
from decimal import Decimal

from exports.document import Abbreviation, Cell, Cover, Document, Labels, Run, Section, Table
from tests.exports.documents import ENDORSED, bullets, paragraph

YEARS = ("2021", "2022", "2023", "2024", "2025")

# heading of the part, of the section, two paragraphs, items of a list, footnote, caption, rows, source
TEXTS = {
    "en": (
        "Third periodic report submitted by Arcadia under article 73 of the Convention",
        "Part VI: Conditions of international migration",
        "Article 66: Recruitment",
        "The Private Employment Agencies Act (No. 12 of 2023) entered into force on 1 July 2023. It forbids “any fee” "
        "to the worker, direct or indirect; between 2021 and 2025 the number of licensed agencies fell by 43 per cent, "
        "from 391 to 221, while inspections rose.",
        "The Act forbids:",
        ("any fee to the worker;", "deductions from wages;", "the keeping of passports."),
        "Official Gazette, No. 27 of 12 May 2023.",
        "Agencies licensed and inspected",
        ("Agencies", "Licensed at year end", "Inspected"),
        "Ministry of Labour, register of agencies",
    ),
    "fr": (
        "Troisième rapport périodique soumis par l’Arcadie en application de l’article 73 de la Convention",
        "Sixième partie : Conditions des migrations internationales",
        "Article 66 : Recrutement",
        "La loi n° 12 de 2023 sur les agences d’emploi privées est entrée en vigueur le 1ᵉʳ juillet 2023. Elle "
        "interdit « tous frais » à la charge du travailleur ; entre 2021 et 2025, le nombre d’agences agréées "
        "a reculé de 43 %, passant de 391 à 221, tandis que les inspections ont augmenté.",
        "La loi interdit :",
        ("tous frais à la charge du travailleur ;", "les retenues sur salaire ;", "la rétention des passeports."),
        "Journal officiel, n° 27 du 12 mai 2023.",
        "Agences agréées et inspectées",
        ("Agences", "Agréées en fin d’année", "Inspectées"),
        "Ministère du travail, registre des agences",
    ),
    "es": (
        "Tercer informe periódico presentado por Arcadia en virtud del artículo 73 de la Convención",
        "Sexta parte: Condiciones de la migración internacional",
        "Artículo 66: Contratación",
        "La Ley núm. 12 de 2023 de agencias de empleo privadas entró en vigor el 1 de julio de 2023. Prohíbe «todo "
        "cobro» al trabajador, directo o indirecto; entre 2021 y 2025 el número de agencias autorizadas disminuyó un "
        "43 %, de 391 a 221, mientras que las inspecciones aumentaron.",
        "La Ley prohíbe:",
        ("todo cobro al trabajador;", "los descuentos del salario;", "la retención de pasaportes."),
        "Boletín Oficial núm. 27, de 12 de mayo de 2023.",
        "Agencias autorizadas e inspeccionadas",
        ("Agencias", "Autorizadas a fin de año", "Inspeccionadas"),
        "Ministerio de Trabajo, registro de agencias",
    ),
    "ru": (
        "Третий периодический доклад, представленный Аркадией в соответствии со статьей 73 Конвенции",
        "Часть VI: Условия международной миграции",
        "Статья 66: Набор работников",
        "Закон № 12 2023 года о частных агентствах занятости вступил в силу 1 июля 2023 года. Он запрещает «любые "
        "сборы» с работника, прямые или косвенные; с 2021 по 2025 год число лицензированных агентств сократилось на "
        "43 процента, с 391 до 221, а число проверок возросло.",
        "Закон запрещает:",
        ("любые сборы с работника;", "вычеты из заработной платы;", "удержание паспортов."),
        "Официальный вестник, № 27 от 12 мая 2023 года.",
        "Агентства лицензированные и проверенные",
        ("Агентства", "Лицензированные на конец года", "Проверенные"),
        "Министерство труда, реестр агентств",
    ),
    "ar": (
        "التقرير الدوري الثالث المقدم من أركاديا بموجب المادة 73 من الاتفاقية",
        "الجزء السادس: ظروف الهجرة الدولية",
        "المادة 66: الاستقدام",
        "دخل القانون رقم 12 لسنة 2023 بشأن وكالات الاستخدام الخاصة (PEA) حيز النفاذ في 1 تموز/يوليه 2023. وهو يحظر "
        "«أي رسوم» على العامل، مباشرة كانت أو غير مباشرة؛ وبين عامي 2021 و2025 انخفض عدد الوكالات المرخصة بنسبة 43 في "
        "المائة، من 391 إلى 221، في حين زادت عمليات التفتيش (انظر CMW/C/ARC/2، الفقرة 14).",
        "يحظر القانون ما يلي:",
        ("أي رسوم على العامل؛", "الاقتطاع من الأجور؛", "الاحتفاظ بجوازات السفر."),
        "الجريدة الرسمية، العدد 27، 12 أيار/مايو 2023.",
        "الوكالات المرخصة والخاضعة للتفتيش",
        ("الوكالات", "المرخصة في نهاية السنة", "الخاضعة للتفتيش"),
        "وزارة العمل، سجل الوكالات",
    ),
    "zh": (
        "阿卡迪亚根据《公约》第七十三条提交的第三次定期报告",
        "第六部分：国际移徙的条件",
        "第六十六条：招聘",
        "《私营职业介绍所法》（2023年第12号法）于2023年7月1日生效。该法禁止向工人收取任何直接或间接的“费用”；2021年至2025年，"
        "持有执照的介绍所从391家减至221家，减少了43%，而检查次数有所增加。国际劳工组织（ILO）对此表示欢迎。",
        "该法禁止：",
        ("向工人收取任何费用；", "克扣工资；", "扣留护照。"),
        "《政府公报》，2023年5月12日第27期。",
        "持有执照和受检查的介绍所",
        ("介绍所", "年底持有执照", "受检查"),
        "劳动部，介绍所登记册",
    ),
    "hi": (
        "अर्काडिया द्वारा अभिसमय के अनुच्छेद 73 के अधीन प्रस्तुत तृतीय आवधिक प्रतिवेदन",
        "भाग छह: अंतरराष्ट्रीय प्रवासन की परिस्थितियाँ",
        "अनुच्छेद 66: भर्ती",
        "निजी रोज़गार एजेंसी अधिनियम (2023 का क्रमांक 12) 1 जुलाई 2023 को लागू हुआ। यह श्रमिक से “किसी भी शुल्क” को, प्रत्यक्ष या "
        "अप्रत्यक्ष, निषिद्ध करता है; 2021 और 2025 के बीच अनुज्ञप्त एजेंसियों की संख्या 391 से घटकर 221 रह गई।",
        "अधिनियम निषिद्ध करता है:",
        ("श्रमिक से कोई भी शुल्क;", "वेतन से कटौती;", "पासपोर्ट अपने पास रखना।"),
        "राजपत्र, संख्या 27, 12 मई 2023।",
        "अनुज्ञप्त तथा निरीक्षित एजेंसियाँ",
        ("एजेंसियाँ", "वर्ष के अंत में अनुज्ञप्त", "निरीक्षित"),
        "श्रम मंत्रालय, एजेंसियों का रजिस्टर",
    ),
}
LABELS = {
    "ar": replace(
        Labels(),
        contents="المحتويات",
        abbreviations="المختصرات",
        page="الصفحة {page} من {pages}",
        source="المصدر: {source}",
        statistics="المرفق الإحصائي",
    ),
    "zh": replace(
        Labels(),
        contents="目录",
        abbreviations="缩略语",
        page="第{page}页，共{pages}页",
        source="资料来源：{source}",
        statistics="统计附件",
        caption="{label}：{caption}",
    ),
}
TABLE = {
    "en": "Table 1",
    "fr": "Tableau 1",
    "es": "Cuadro 1",
    "ru": "Таблица 1",
    "ar": "الجدول 1",
    "zh": "表1",
    "hi": "सारणी 1",
}


def page(language: str) -> Document:
    """A short report in the language: cover, contents, and one page of text."""
    title, part, heading, first, second, items, note, caption, rows, source = TEXTS[language]
    figures = ((391, 367, 342, 276, 221), (0, -5, 61, 143, 188))
    table = Table(
        caption,
        (rows[0], *YEARS),
        tuple(
            (Cell(name), *(Cell(Decimal(each)) for each in line)) for name, line in zip(rows[1:], figures, strict=True)
        ),
        label=TABLE[language],
        source=source,
    )
    blocks = (
        paragraph(1, first, Run("", note=(Run(note),))),
        paragraph(2, second, bullets(*items)),
        table,
        paragraph(3, first),
    )
    return Document(
        title,
        language=language,
        direction="rtl" if language == "ar" else "ltr",
        generated_at=ENDORSED,
        author="Arcadia",
        running_head=title,
        cover=Cover(over=(part,), under=(heading,)),
        abbreviations=(Abbreviation("ILO", heading),),
        sections=(Section(part, level=1), Section(heading, blocks=blocks)),
        labels=LABELS.get(language, Labels()),
    )
