"""Hand-made documents that every format must bring out whole. The State, its laws and its figures are invented."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from exports.document import (
    LETTER,
    WORKING,
    Abbreviation,
    Annex,
    Bullets,
    Cell,
    Column,
    Cover,
    Document,
    Field,
    Fields,
    Heading,
    Labels,
    LegalReference,
    Listing,
    Missing,
    Paragraph,
    References,
    Response,
    Run,
    Section,
    Table,
    Text,
)

ENDORSED = datetime(2027, 3, 18, 9, 30, tzinfo=UTC)
TITLE = (
    "Combined second and third periodic reports submitted by Arcadia under article 73 of the Convention, due in 2027"
)


def paragraph(number: int | None, *parts: str | Run | Bullets) -> Paragraph:
    """A paragraph of plain strings, runs and lists."""
    content: list[Text | Bullets] = []
    runs: list[Run] = []
    for part in parts:
        if isinstance(part, Bullets):
            if runs:
                content.append(Text(tuple(runs)))
                runs = []
            content.append(part)
        else:
            runs.append(Run(part) if isinstance(part, str) else part)
    if runs:
        content.append(Text(tuple(runs)))
    return Paragraph(tuple(content), number)


def bullets(*items: str, ordered: bool = False, start: int = 1) -> Bullets:
    return Bullets(tuple((Text((Run(item),)),) for item in items), ordered, start)


def row(name: str, *values: int | str | None) -> tuple[Cell, ...]:
    return (Cell(name), *(Cell(Decimal(v) if isinstance(v, int) else v) for v in values))


YEARS = ("2021", "2022", "2023", "2024", "2025")
AGENCIES = Table(
    "Agencies licensed, inspected, sanctioned and closed",
    ("Agencies", *YEARS),
    (
        row("Licensed at year end", 391, 367, 342, 276, 221),
        row("Inspected", 0, "not available", 61, 143, 188),
        (*row("Sanctioned", "not applicable", 9, 12, None), Cell(Decimal("44"), "a")),
    ),
    label="Table 1",
    unit="number of agencies",
    source="Ministry of Labour, register of agencies, 31 December of each year",
    notes=("a  Of these, 27 licences were withdrawn.",),
    name="Agencies",
)
REMITTANCES = Table(
    "Remittances received, by country of employment",
    ("Country of employment", *YEARS, "Remarks"),
    tuple(
        (*row(f"Country {letter}", *(1200 + 37 * at + 11 * year for year in range(5))), Cell("Estimate of the bank."))
        for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", start=1)
    ),
    label="Table A1",
    unit="million crowns",
    source="Central Bank of Arcadia",
    name="Remittances",
)

REFERENCES = (
    LegalReference("Private Employment Agencies Act", "No. 12 of 2023", "1 July 2023", "articles 4 and 9"),
    LegalReference("Aliens Act", "No. 3 of 2015", "2 March 2015", "article 31", "https://laws.arcadia.example/2015/3"),
)


def report() -> Document:
    """The submission form of a short report."""
    return Document(
        title=TITLE,
        generated_at=ENDORSED,
        author="Arcadia",
        subject="Migrant Workers Convention",
        cover=Cover(
            over=(
                "International Convention on the Protection of the Rights of All Migrant Workers "
                "and Members of Their Families",
                "Committee on the Protection of the Rights of All Migrant Workers and Members of Their Families",
            ),
            under=("Republic of Arcadia",),
            foot="18 March 2027",
        ),
        running_head="Arcadia: combined second and third periodic reports under the Migrant Workers Convention",
        abbreviations=(
            Abbreviation("ILO", "International Labour Organization"),
            Abbreviation("NMIRF", "National Mechanism for Implementation, Reporting and Follow-up"),
        ),
        sections=(
            Section("Part I: General information", level=1),
            Section(
                "Preparation of the report",
                blocks=(
                    paragraph(1, "The report was prepared by the national mechanism between May and December 2026."),
                    paragraph(
                        2,
                        "Consultations were held with ",
                        Run("three trade unions", bold=True),
                        ", with employers",
                        Run("", note=(Run("Minutes of 4 June 2026, "), Run("unpublished", italic=True), Run("."))),
                        " and with the National Human Rights Commission <of Arcadia> & others.",
                    ),
                ),
            ),
            Section("Part VI: Conditions of international migration", level=1),
            Section(
                "Article 66: Recruitment",
                article="66",
                blocks=(
                    paragraph(
                        3,
                        "The Private Employment Agencies Act entered into force on 1 July 2023. It forbids:",
                        bullets("any fee to the worker;", "deductions from wages;", "the keeping of passports."),
                    ),
                    paragraph(
                        4,
                        "The register is published at ",
                        Run("register.arcadia.example", link="https://register.arcadia.example/agencies"),
                        " in five languages.",
                        Run("", note=(Run("English, French, Greek (Ελληνικά), Russian (Русский) and Spanish."),)),
                    ),
                    AGENCIES,
                    paragraph(5, "=SUM(A1:A9) is what one inspector wrote into a return.\nIt was corrected."),
                ),
            ),
            Section(
                "Articles 68–69: Irregular movements",
                article="68-69",
                blocks=(paragraph(6, "See paragraph 41 of the common core document."),),
            ),
        ),
        references=REFERENCES,
        annexes=(Annex("Decision of the Council of Ministers", "decision-29.pdf"),),
        statistics=(Section("Article 47: Transfer of earnings", article="47", blocks=(REMITTANCES,)),),
    )


def working() -> Document:
    """The working form of the same report, with one section answered and one open."""
    return replace(
        report(),
        form=WORKING,
        watermark="Draft",
        foot="Working form, 24 November 2026",
        cover=replace(
            report().cover,
            fields=(Field("Coordinating body", "Inter-ministerial Committee"), Field("Date due", "31 March 2027")),
            foot="24 November 2026",
        ),
        sections=(
            Section("Part VI: Conditions of international migration", level=1),
            Section(
                "F2 Article 66: Recruitment",
                code="F2",
                article="66",
                status="In review",
                lead="Ministry of Labour",
                contributors=("Ministry of Justice",),
                due="2 December 2026",
                words=612,
                allotment=700,
                responses=(
                    Response(
                        "1",
                        "CMWP-F2.1",
                        "Who may recruit for work abroad, and under what supervision?",
                        status="Answered",
                        blocks=(
                            paragraph(148, "Recruitment requires a licence from the Ministry of Labour."),
                            paragraph(149, "On 30 June 2026, 214 agencies held a licence."),
                        ),
                        words=16,
                    ),
                    Response(
                        "2",
                        "CMWP-F2.2",
                        "Agencies licensed, inspected, sanctioned, closed",
                        status="Incomplete",
                        blocks=(AGENCIES,),
                        missing="One cell is empty.",
                    ),
                    Response(
                        "3",
                        "CMWP-F2.3",
                        "Is charging fees to workers prohibited?",
                        status="Answered",
                        choice="Yes",
                        blocks=(
                            Heading("Basis"),
                            References(REFERENCES[:1]),
                            Fields((Field("Indicator", "27 licences withdrawn"),)),
                        ),
                    ),
                    Response(
                        "4",
                        "CMWP-F2.4",
                        "What changed since the last report?",
                        status="Not answered",
                        disposition="No data: the census is not finished; expected in June 2027.",
                    ),
                ),
            ),
        ),
        missing=(Missing("F2", "CMWP-F2.2", "Agencies licensed, inspected, sanctioned, closed", "One cell is empty."),),
        listings=(requests(),),
    )


def request() -> Document:
    """A request for technical cooperation, as a letter of one or two pages."""
    return Document(
        title="Request for technical cooperation: inspection of recruitment agencies",
        shape=LETTER,
        generated_at=ENDORSED,
        author="Arcadia",
        foot="Version 2, submitted on 18 March 2027",
        running_head="Arcadia: inspection of recruitment agencies",
        cover=Cover(
            over=("Republic of Arcadia",),
            fields=(
                Field("Addressed to", "International Labour Organization; International Organization for Migration"),
                Field("Kind of cooperation", "Training, advice on legislation"),
                Field("Provisions", "CMW, article 66"),
            ),
        ),
        sections=(
            Section("What is needed", blocks=(paragraph(None, "Training of forty inspectors in two provinces."),)),
            Section("What is in place", blocks=(paragraph(None, "An act of 2023 and a register."),)),
            Section(
                "Budget",
                blocks=(
                    Table(
                        "Costs by year",
                        ("Item", "2027", "2028"),
                        (row("Training", 40000, 25000), row("Travel", 12500, 8000)),
                        unit="United States dollars",
                    ),
                ),
            ),
        ),
    )


def requests() -> Listing:
    """A filtered list of requests."""
    return Listing(
        "Requests",
        (Column("Title", 40), Column("Status"), Column("Amount asked", 14), Column("Note", 30)),
        (
            ("Inspection of agencies", "Submitted", Decimal("85500"), '=HYPERLINK("x")'),
            ("Pre-departure information", "Draft", None, "+41 22 000"),
        ),
        generated_at=ENDORSED,
    )


def arabic() -> Document:
    """A short report in Arabic."""
    return Document(
        title="التقرير الدوري الثاني المقدم من قمر بموجب المادة 73 من الاتفاقية",
        language="ar",
        direction="rtl",
        generated_at=ENDORSED,
        labels=replace(Labels(), contents="المحتويات", answers="الإجابات", heading="العنوان"),
        sections=(
            Section(
                "المادة 66: التوظيف",
                article="66",
                blocks=(
                    paragraph(
                        1,
                        "دخل القانون رقم 12 حيز النفاذ في 1 تموز/يوليه 2023.",
                        Run("", note=(Run("الجريدة الرسمية"),)),
                    ),
                    Table(
                        "الوكالات", ("السنة", "2024"), (row("المرخصة", 276),), label="الجدول 1", source="وزارة العمل"
                    ),
                ),
            ),
        ),
    )
