"""What time trackers, invoicing programs and shops export, in their exact forms, with what each comes to.

The people are invented; the sums and minutes are worked out by hand, line by line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Export:
    """A file as a product writes it, and what it says."""

    name: str
    """A short one for the test."""
    product: str
    file: str
    text: str
    encoding: str = "utf-8"
    sales: Mapping[str, str] = field(default_factory=dict)
    """Client → the sum of the sales that happened."""
    minutes: Mapping[str, int] = field(default_factory=dict)
    """Client → the minutes of all touchpoints."""
    found: tuple[str, ...] = ()
    """What the problems name, in their order."""
    unread: tuple[str, ...] = ()
    """What of it is left aside and what is said of its rows, without the columns that nobody needs."""
    page: tuple[str, str] | None = None
    """A client's page, and what stands on it; each product has one."""


TOGGL = Export(
    "Toggl",
    "Toggl",
    "Toggl_time_entries_2026-03-01_to_2026-03-31.csv",
    """\
User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)
Mia Kern,mia@kern.example,Harbour & Finch,Kitchen,,Sketches,Yes,2026-03-02,09:00:00,2026-03-02,10:30:00,01:30:00,,120.00
Mia Kern,mia@kern.example,Harbour & Finch,Kitchen,Call,"Tiles, doors",No,2026-03-03,14:00:00,2026-03-03,14:15:30,00:15:30,,0.00
Mia Kern,mia@kern.example,,Maple Dental,,Signage,Yes,2026-03-04,23:30:00,2026-03-05,00:15:00,00:45:00,"late, sign",60.00
""",
    "utf-8-sig",
    minutes={"Harbour & Finch": 90 + 16, "Maple Dental": 45},
    found=("“Amount (EUR)”",),
    page=("harbour-finch", "1 h 46 min in all"),
)
TOGGL_WITHOUT_RATES = Export(
    "Toggl without rates",
    "Toggl",
    "toggl.csv",
    """\
User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount ()
Mia Kern,mia@kern.example,Old Mill,,,Menu,No,2026-03-02,9:00:00,2026-03-02,10:00:00,1:00:00,,
""",
    "utf-8-sig",
    minutes={"Old Mill": 60},
)
CLOCKIFY = Export(
    "Clockify",
    "Clockify",
    "Clockify_Time_Report_Detailed_03_01_2026-03_31_2026.csv",
    """\
"Project","Client","Description","Task","User","Group","Email","Tags","Billable","Start Date","Start Time","End Date","End Time","Duration (h)","Duration (decimal)","Billable Rate (USD)","Billable Amount (USD)"
"Kitchen","Harbour & Finch","Sketches","","Mia Kern","","mia@kern.example","","Yes","03/02/2026","09:00:00 AM","03/02/2026","10:30:00 AM","01:30:00","1.50","80.00","120.00"
"Maple Dental","","Call about the sign","Call","Mia Kern","","mia@kern.example","","No","03/04/2026","02:00:00 PM","03/04/2026","02:20:00 PM","00:20:00","0.33","0.00","0.00"
""",
    "utf-8-sig",
    minutes={"Harbour & Finch": 90, "Maple Dental": 20},
    found=("“Billable Amount (USD)”",),
    page=("harbour-finch", "1 h 30 min in all"),
)
CLOCKIFY_WITH_FEW_COLUMNS = Export(
    "Clockify with few columns",
    "Clockify",
    "clockify.csv",
    """\
Project,Client,Description,Activity,User,Start Date,Duration (decimal)
Kitchen,Harbour & Finch,Sketches,Design,Mia Kern,03/02/2026,0.75
""",
    minutes={"Harbour & Finch": 45},
)
HARVEST = Export(
    "Harvest",
    "Harvest",
    "harvest_time_report_from2026-03-01to2026-03-31.csv",
    """\
Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,Approved?,First Name,Last Name,Roles,Employee?,Billable Rate,Billable Amount,Cost Rate,Cost Amount,Currency,External Reference URL
2026-03-02,Harbour & Finch,Kitchen,K-1,Design,"Sketches,
two of them","1,5",Yes,No,No,Mia,Kern,,Yes,"80,0","120,0","0,0","0,0",Euro - EUR,
2026-03-02,Harbour & Finch,Kitchen,K-1,Meeting,,"0,25",Yes,Yes,No,Mia,Kern,,Yes,"80,0","2.001,0","0,0","0,0",Euro - EUR,
2026-03-05,Maple Dental,Sign,,Design,,"2,0",No,No,No,Tom,Kern,,Yes,"0,0","0,0","0,0","0,0",Euro - EUR,
""",
    minutes={"Harbour & Finch": 90 + 15, "Maple Dental": 120},
    found=("“Billable Amount”",),
    page=("harbour-finch", "1 h 45 min in all"),
)
XERO = Export(
    "Xero",
    "Xero",
    "SalesInvoices.csv",
    # INV-0001 is net of tax (150 + 30 = 180), INV-0002 has the tax in its lines (180 = 180).
    """\
ContactName,EmailAddress,POAddressLine1,InvoiceNumber,Reference,InvoiceDate,DueDate,PlannedDate,Total,TaxTotal,InvoiceAmountPaid,InvoiceAmountDue,InventoryItemCode,Description,Quantity,UnitAmount,Discount,LineAmount,AccountCode,TaxType,TaxAmount,TrackingName1,TrackingOption1,Currency,Type,Sent,Status
Harbour & Finch,jo@finch.example,1 Quay,INV-0001,,05/03/2026,04/04/2026,,180.00,30.00,180.00,0.00,,Concept,1.0000,100.00,,100.00,200,20% (VAT on Income),20.00,,,GBP,Sales invoice,Sent,Paid
Harbour & Finch,jo@finch.example,1 Quay,INV-0001,,05/03/2026,04/04/2026,,180.00,30.00,180.00,0.00,,Samples,2.0000,25.00,,50.00,200,20% (VAT on Income),10.00,,,GBP,Sales invoice,Sent,Paid
Harbour & Finch,jo@finch.example,1 Quay,INV-0001,,05/03/2026,04/04/2026,,180.00,30.00,180.00,0.00,,Thank you for your custom,,,,,,,,,,GBP,Sales invoice,Sent,Paid
Maple Dental,,,INV-0002,,15/03/2026,14/04/2026,,180.00,30.00,0.00,180.00,,Sign,1.0000,120.00,,120.00,200,20% (VAT on Income),20.00,,,GBP,Sales invoice,Sent,Awaiting Payment
Maple Dental,,,INV-0002,,15/03/2026,14/04/2026,,180.00,30.00,0.00,180.00,,Fitting,1.0000,60.00,,60.00,200,20% (VAT on Income),10.00,,,GBP,Sales invoice,Sent,Awaiting Payment
Harbour & Finch,jo@finch.example,1 Quay,CN-0001,INV-0001,18/03/2026,,,36.00,6.00,0.00,0.00,,Samples back,1.0000,30.00,,30.00,200,20% (VAT on Income),6.00,,,GBP,Sales credit note,,Paid
Old Mill,,,INV-0003,,19/03/2026,18/04/2026,,999.00,0.00,0.00,999.00,,Menu,1.0000,999.00,,999.00,200,No VAT,0.00,,,GBP,Sales invoice,,Draft
Old Mill,,,INV-0004,,20/03/2026,19/04/2026,,888.00,0.00,0.00,0.00,,Menu,1.0000,888.00,,888.00,200,No VAT,0.00,,,GBP,Sales invoice,Sent,Voided
""",
    "utf-8-sig",
    sales={"Harbour & Finch": "120", "Maple Dental": "150"},
    unread=(
        "1 further line of Xero invoices",
        "the taxes of the lines on Xero invoices",
        "1 row on Xero invoices marked “Voided” does not count.",
        "1 row on Xero invoices marked “Draft” is a plan until its day.",
    ),
    page=("harbour-finch", "Sales in 12 months £120"),
)
QUICKBOOKS = Export(
    "QuickBooks invoice list",
    "QuickBooks Online",
    "Studio Nine_Invoice List by Date.csv",
    """\
Invoice List by Date,,,,,,,
Studio Nine,,,,,,,
"January 1 - March 31, 2026",,,,,,,

Date,Transaction Type,Num,Customer,Memo/Description,Due Date,Amount,Open Balance
01/14/2026,Invoice,1001,Harbour & Finch:Kitchen,Concept,02/13/2026,"1,200.00",0.00
02/03/2026,Invoice,1002,Harbour & Finch,,03/05/2026,300.00,300.00
02/04/2026,Invoice,1003,Old Mill (deleted),Menu,03/06/2026,80.00,0.00
02/05/2026,Invoice,1004,Maple Dental,Voided,03/07/2026,0.00,0.00
02/06/2026,Credit Memo,CM-1,Harbour & Finch:Kitchen,Samples back,,-100.00,0.00
TOTAL,,,,,,"$1,480.00",$300.00


"Thursday, April 2, 2026 09:15 AM GMT+1",,,,,,,
""",
    sales={"Harbour & Finch": "1400", "Old Mill": "80"},
    found=("“TOTAL”",),
    unread=(
        "1 further line of QuickBooks invoices",
        "1 row on QuickBooks invoices marked “voided” does not count.",
    ),
    page=("harbour-finch", "Sales in 12 months US$1,400"),
)
QUICKBOOKS_SALES = Export(
    "QuickBooks sales",
    "QuickBooks Online",
    "Sales.csv",
    """\
Transaction date,Transaction type,No.,Name,Status,Due date,Total,Balance,Currency
2026-01-14,Invoice,1001,Harbour & Finch:Kitchen,Paid,2026-02-13,"1,200.00",0.00,USD
2026-01-20,Payment,,Harbour & Finch:Kitchen,Closed,,"-1,200.00",0.00,USD
2026-02-03,Invoice,1002,Harbour & Finch,Overdue 12 days,2026-03-05,300.00,300.00,USD
2026-02-10,Invoice,1003,Maple Dental,Open,2026-03-12,90.00,90.00,USD
2026-02-11,Invoice,1004,Maple Dental,"Partially paid, due in 3 days",2026-03-13,60.00,20.00,USD
2026-02-12,Invoice,1005,Maple Dental,Voided,2026-03-14,0.00,0.00,USD
2026-02-13,Estimate,2001,Old Mill,Pending,,500.00,500.00,USD
2026-02-14,Sales Receipt,3001,Old Mill (deleted),Deposited,,40.00,0.00,USD
2026-02-15,Invoice,1006,Old Mill,Paid,2026-03-15,70.00,0.00,EUR
""",
    sales={"Harbour & Finch": "1500", "Maple Dental": "150", "Old Mill": "40"},
    found=("“EUR”",),
    unread=(
        "2 rows on QuickBooks sales marked “Payment”, “Voided” do not count.",
        "1 row on QuickBooks sales marked “quote Estimate” is a plan until its day.",
    ),
)
STRIPE = Export(
    "Stripe charges",
    "Stripe",
    "payments.csv",
    """\
id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,Converted Currency,Fee,Is Link,Mode,Payment Source Type,Status,Customer ID,Customer Email,Customer Description,Description,Invoice ID
ch_1,2026-03-02 10:00:00,100.00,0.00,gbp,true,100.00,0.00,gbp,1.70,false,Live,card,Paid,cus_1,jo@finch.example,Harbour & Finch,Concept,in_1
ch_2,2026-03-03 23:59:59,50.00,20.00,gbp,true,50.00,20.00,gbp,0.95,false,Live,card,Paid,cus_1,jo@finch.example,Harbour & Finch,Samples,
ch_3,2026-03-04 10:00:00,40.00,40.00,gbp,true,40.00,40.00,gbp,0.80,false,Live,card,Refunded,cus_1,jo@finch.example,Harbour & Finch,Samples,
ch_4,2026-03-05 10:00:00,75.00,0.00,gbp,false,,,,0.00,false,Live,card,Failed,cus_2,bo@maple.example,,Sign,
pi_5,2026-03-05 10:01:00,75.00,0.00,gbp,false,,,,0.00,false,Live,card,requires_payment_method,cus_2,bo@maple.example,,Sign,
ch_6,2026-03-05 10:02:00,75.00,0.00,gbp,true,75.00,0.00,gbp,1.33,false,Live,card,Paid,cus_2,bo@maple.example,,Sign,
ch_7,2026-03-06 10:00:00,60.00,0.00,eur,true,,,,0.00,false,Live,card,Paid,cus_2,bo@maple.example,,Sign,
ch_8,2026-03-07 10:00:00,99.00,0.00,gbp,true,99.00,0.00,gbp,1.50,false,Test,card,Paid,cus_2,bo@maple.example,,Test,
""",
    sales={"Harbour & Finch": "130", "bo@maple.example": "75"},
    found=("“eur”",),
    unread=(
        "4 rows on Stripe charges marked “Failed”, “failed”, “refunded”, “void” do not count.",
    ),
    page=("harbour-finch", "Sales in 12 months £130"),
)
STRIPE_IN_CENTS = Export(
    "Stripe charges in whole numbers",
    "Stripe in cents",
    "unified_payments.csv",
    """\
id,Created (UTC),Amount,Amount Refunded,Currency,Captured,Status,Customer ID,Customer Email,Description,Card Last 4,Fee,Net,Disputed,Dispute Status,Invoice ID,Livemode,metadata.order_id
ch_1,2026-03-02 10:00,10000,0,gbp,TRUE,Paid,cus_1,jo@finch.example,Concept,4242,170,9830,FALSE,,in_1,TRUE,17
ch_2,2026-03-03 23:59,5050,2000,gbp,TRUE,Paid,cus_1,jo@finch.example,Samples,4242,95,2955,FALSE,,,TRUE,
ch_3,2026-03-04 10:00,7500,0,gbp,TRUE,Paid,cus_2,bo@maple.example,Sign,4242,133,7367,TRUE,lost,,TRUE,
""",
    sales={"jo@finch.example": "130.50"},
    unread=("1 row on Stripe charges in cents marked “reversed” does not count.",),
    page=("jo-finch-example", "Sales in 12 months £130"),
)
STRIPE_API = Export(
    "Stripe charges of the API",
    "Stripe",
    "charges.csv",
    """\
id,object,amount,amount_captured,amount_refunded,captured,created,currency,customer,description,livemode,paid,receipt_email,refunded,status
ch_1,charge,10000,10000,0,true,1772445600,gbp,cus_1,Concept,true,true,jo@finch.example,false,succeeded
ch_2,charge,5050,5050,2000,true,1772582399,gbp,cus_1,Samples,true,true,jo@finch.example,false,succeeded
ch_3,charge,4000,4000,4000,true,1772618400,gbp,cus_1,Samples,true,true,jo@finch.example,true,succeeded
ch_4,charge,7500,0,0,false,1772704800,gbp,cus_2,Sign,true,false,bo@maple.example,false,failed
""",
    sales={"jo@finch.example": "130.50"},
    unread=("2 rows on Stripe charges (API) marked “failed”, “refunded” do not count.",),
)
FRESHBOOKS = Export(
    "FreshBooks",
    "FreshBooks",
    "invoice_details.csv",
    # 1: 100 + 50; 2: 200 less 10 % = 180, and 36 of tax is 216.
    """\
Client Name,Invoice #,Date Issued,Invoice Status,Date Paid,Item Name,Item Description,Rate,Quantity,Discount Percentage,Line Subtotal,Tax 1 Type,Tax 1 Amount,Tax 2 Type,Tax 2 Amount,Line Total,Currency
Harbour & Finch,0000001,2026-03-02,paid,2026-03-20,Concept,"First draft, one room",100.00,1,0,100.00,VAT,20.00,,0.00,120.00,GBP
Harbour & Finch,0000001,2026-03-02,paid,2026-03-20,Samples,,50.00,1,0,50.00,VAT,10.00,,0.00,60.00,GBP
Maple Dental,0000002,2026-03-05,sent,,Sign,,200.00,1,10,200.00,VAT,36.00,,0.00,216.00,GBP
Old Mill,0000003,2026-03-06,draft,,Menu,,500.00,1,0,500.00,,0.00,,0.00,500.00,GBP
""",
    sales={"Harbour & Finch": "150", "Maple Dental": "180"},
    unread=(
        "the taxes of the lines on FreshBooks invoices",
        "1 row on FreshBooks invoices marked “draft” is a plan until its day.",
    ),
    page=("maple-dental", "Sales in 12 months £180"),
)
WAVE = Export(
    "Wave",
    "Wave",
    "accounting.csv",
    """\
Transaction ID,Transaction Date,Account Name,Transaction Description,Transaction Line Description,Amount (One column), ,Debit Amount (Two Column Approach),Credit Amount (Two Column Approach),Other Accounts for this Transaction,Customer,Vendor,Invoice Number,Bill Number,Notes / Memo,Amount Before Sales Tax,Sales Tax Amount,Sales Tax Name,Transaction Date Added,Transaction Date Last Modified,Account Group,Account Type,Account ID
1001,2026-03-02,Accounts Receivable,Harbour & Finch - 17,,120.00,,120.00,,"Consulting, VAT",,,17,,,120.00,,,2026-03-02,2026-03-02,Asset,Accounts Receivable,
1001,2026-03-02,Consulting,Harbour & Finch - 17,Concept,100.00,,,100.00,"Accounts Receivable, VAT",Harbour & Finch,,17,,,100.00,20.00,VAT,2026-03-02,2026-03-02,Income,Income,
1001,2026-03-02,VAT,Harbour & Finch - 17,VAT,20.00,,,20.00,"Accounts Receivable, Consulting",,,,,,20.00,,,2026-03-02,2026-03-02,Liability,Sales Tax on Sales and Purchases,
1002,2026-03-20,Bank,Payment by Harbour & Finch,,120.00,,120.00,,Accounts Receivable,Harbour & Finch,,17,,,120.00,,,2026-03-20,2026-03-20,Asset,Cash and Bank,
1002,2026-03-20,Accounts Receivable,Payment by Harbour & Finch,,-120.00,,,120.00,Bank,Harbour & Finch,,17,,,-120.00,,,2026-03-20,2026-03-20,Asset,Accounts Receivable,
1003,2026-03-21,Bank,Maple Dental,,75.00,,75.00,,Consulting,Maple Dental,,,,,75.00,,,2026-03-21,2026-03-21,Asset,Cash and Bank,
1003,2026-03-21,Consulting,Maple Dental,Sign,75.00,,,75.00,Bank,,,,,,75.00,,,2026-03-21,2026-03-21,Income,Income,
1004,2026-03-22,Bank,Hosting,,-9.00,,,9.00,Software,,Hosty,,,,-9.00,,,2026-03-22,2026-03-22,Asset,Cash and Bank,
1004,2026-03-22,Software,Hosting,,9.00,,9.00,,Bank,,Hosty,,,,9.00,,,2026-03-22,2026-03-22,Expense,Operating Expense,
1005,2026-03-23,Consulting,Cash found,,5.00,,,5.00,Bank,,,,,,5.00,,,2026-03-23,2026-03-23,Income,Income,
""",
    sales={"Harbour & Finch": "100", "Maple Dental": "75"},
    found=("nothing",),
    unread=("7 further lines of Wave transactions",),
    page=("maple-dental", "Sales in 12 months 75"),
)
ZOHO = Export(
    "Zoho Invoice",
    "Zoho Invoice",
    "Invoice.csv",
    """\
Invoice Date,Invoice ID,Invoice Number,Estimate Number,Invoice Status,Customer Name,Company Name,Customer ID,Due Date,PurchaseOrder,Currency Code,Exchange Rate,Discount Type,Is Discount Before Tax,Entity Discount Percent,Entity Discount Amount,Item Name,Item Desc,Quantity,Usage unit,Item Price,Discount,Discount Amount,Item Total,SubTotal,Total,Balance,Shipping Charge,Adjustment,Notes
2026-03-02,9001,INV-000001,,Closed,Harbour & Finch,Finch Ltd,77,2026-04-01,,GBP,1,item_level,true,0,0.00,Concept,,1.00,,100.00,0,0.00,100.00,150.00,180.00,0.00,0.00,0.00,
2026-03-02,9001,INV-000001,,Closed,Harbour & Finch,Finch Ltd,77,2026-04-01,,GBP,1,item_level,true,0,0.00,Samples,,2.00,pcs,25.00,0,0.00,50.00,150.00,180.00,0.00,0.00,0.00,
2026-03-05,9002,INV-000002,,Overdue,Maple Dental,,78,2026-03-20,,GBP,1,item_level,true,0,0.00,Sign,,1.00,,75.00,0,0.00,75.00,75.00,90.00,90.00,0.00,0.00,
2026-03-06,9003,INV-000003,,Draft,Old Mill,,79,2026-04-05,,GBP,1,item_level,true,0,0.00,Menu,,1.00,,500.00,0,0.00,500.00,500.00,600.00,600.00,0.00,0.00,
2026-03-07,9004,INV-000004,,Void,Old Mill,,79,2026-04-06,,GBP,1,item_level,true,0,0.00,Menu,,1.00,,400.00,0,0.00,400.00,400.00,480.00,480.00,0.00,0.00,
""",
    sales={"Harbour & Finch": "150", "Maple Dental": "75"},
    unread=(
        "column “SubTotal” on Zoho invoices, because “Item Total” counts",
        "column “Total” on Zoho invoices, because “Item Total” counts",
        "1 row on Zoho invoices marked “Void” does not count.",
        "1 row on Zoho invoices marked “Draft” is a plan until its day.",
    ),
    page=("harbour-finch", "Sales in 12 months £150"),
)
INVOICE_NINJA = Export(
    "Invoice Ninja lines",
    "Invoice Ninja",
    "invoices.csv",
    """\
Invoice Export,2026-04-02

Client,Email,Invoice Number,Amount,Paid,PO Number,Status,Invoice Date,Due Date,Discount,Partial/Deposit,Partial Due Date,Public Notes,Private Notes,Item Product,Item Notes,Item Cost,Item Quantity
Harbour & Finch,jo@finch.example,0001,180.00,180.00,,Paid,2026-03-02,2026-04-01,0,0,,,,Concept,,100.00,1
Harbour & Finch,jo@finch.example,0001,180.00,180.00,,Paid,2026-03-02,2026-04-01,0,0,,,,Samples,,25.00,2
Maple Dental,bo@maple.example,0002,90.00,0.00,,Sent,2026-03-05,2026-04-04,0,0,,,,Sign,,75.00,1
Old Mill,,0003,600.00,0.00,,Draft,2026-03-06,2026-04-05,0,0,,,,Menu,,500.00,1
""",
    sales={"Harbour & Finch": "150", "Maple Dental": "75"},
    unread=(
        "the totals of the invoices, because their lines count, on Invoice Ninja invoice lines",
        "1 row on Invoice Ninja invoice lines marked “Draft” is a plan until its day.",
    ),
    page=("harbour-finch", "Sales in 12 months 150"),
)
INVOICE_NINJA_TOTALS = Export(
    "Invoice Ninja",
    "Invoice Ninja",
    "invoices.csv",
    """\
"Invoice Export","2026-04-02"
"Client","Email","Invoice Number","Amount","Paid","PO Number","Status","Invoice Date","Due Date","Discount","Partial/Deposit","Public Notes"
"Harbour & Finch","jo@finch.example","0001","180.00","180.00","","Paid","2026-03-02","2026-04-01","0","0",""
"Maple Dental","bo@maple.example","0002","90.00","0.00","","Unpaid","2026-03-05","2026-04-04","0","0",""
""",
    sales={"Harbour & Finch": "180", "Maple Dental": "90"},
)
SHOPIFY = Export(
    "Shopify",
    "Shopify",
    "orders_export_1.csv",
    # 1001: 125 with 20 of tax; 1002: 60 with 10, of which 30 went back: half of 50; 1003 went back.
    """\
Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Billing Company,Shipping Name,Shipping Company,Cancelled at,Refunded Amount,Outstanding Balance,Id
#1001,jo@finch.example,paid,2026-03-02 10:01:00 +0000,fulfilled,,no,GBP,100.00,5.00,20.00,125.00,,0.00,Post,2026-03-02 10:00:00 +0000,2,Lamp,40.00,Jo Finch,,Jo Finch,,,0.00,0.00,501
#1001,jo@finch.example,,,,,,,,,,,,,,2026-03-02 10:00:00 +0000,1,Shade,20.00,,,,,,,,
#1002,bo@maple.example,partially_refunded,2026-03-03 10:01:00 +0000,fulfilled,,no,GBP,50.00,0.00,10.00,60.00,,0.00,,2026-03-03 10:00:00 +0000,1,Vase,50.00,Bo Maple,Maple Dental,Bo Maple,,,30.00,0.00,502
#1003,bo@maple.example,refunded,2026-03-04 10:01:00 +0000,fulfilled,,no,GBP,40.00,0.00,0.00,40.00,,0.00,,2026-03-04 10:00:00 +0000,1,Vase,40.00,Bo Maple,Maple Dental,Bo Maple,,,40.00,0.00,503
#1004,cy@mill.example,pending,,,,no,GBP,70.00,0.00,0.00,70.00,,0.00,,2026-03-05 10:00:00 +0000,1,Vase,70.00,Cy Mill,,Cy Mill,,,0.00,70.00,504
#1005,cy@mill.example,voided,,,,no,GBP,80.00,0.00,0.00,80.00,,0.00,,2026-03-06 10:00:00 +0000,1,Vase,80.00,Cy Mill,,Cy Mill,,2026-03-06 11:00:00 +0000,0.00,0.00,505
""",
    sales={"Jo Finch": "105", "Maple Dental": "25"},
    unread=(
        "1 further line of Shopify orders",
        "the taxes of the orders on Shopify orders",
        "2 rows on Shopify orders marked “refunded”, “voided” do not count.",
        "1 row on Shopify orders marked “pending” is a plan until its day.",
    ),
    page=("jo-finch", "Sales in 12 months £105"),
)
INVOICE2GO = Export(
    "Invoice2go",
    "Invoice2go",
    "invoices.csv",
    """\
Id,AccountId,State,LastUpdated,DocumentDate,DocumentNumber,Comment,Name,EmailRecipient,DocumentStatus,DatePaid,Items,CurrencyCode,TotalAmount,BalanceDueAmount,SubtotalAmount,TotalTaxAmount
a1,z9,Active,2026-03-20,2026-03-02,INV1,,Harbour & Finch,jo@finch.example,Paid,2026-03-20,"[{""code"":""Concept"",""qty"":1,""price"":100.0}]",GBP,120.00,0.00,100.00,20.00
a2,z9,Active,2026-03-05,2026-03-05,INV2,,Maple Dental,,Sent,,"[{""code"":""Sign"",""qty"":1,""price"":75.0}]",GBP,90.00,90.00,75.00,15.00
""",
    sales={"Harbour & Finch": "100", "Maple Dental": "75"},
    unread=("the taxes of the invoices on Invoice2go invoices",),
    page=("harbour-finch", "Sales in 12 months £100"),
)

EXPORTS = (
    TOGGL,
    TOGGL_WITHOUT_RATES,
    CLOCKIFY,
    CLOCKIFY_WITH_FEW_COLUMNS,
    HARVEST,
    XERO,
    QUICKBOOKS,
    QUICKBOOKS_SALES,
    STRIPE,
    STRIPE_IN_CENTS,
    STRIPE_API,
    FRESHBOOKS,
    WAVE,
    ZOHO,
    INVOICE_NINJA,
    INVOICE_NINJA_TOTALS,
    SHOPIFY,
    INVOICE2GO,
)
