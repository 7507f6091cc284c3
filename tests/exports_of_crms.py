"""What CRMs, address books and Calendly export, in the exact form; everybody in it is invented.

``EXPORTS`` is product → name of a file → its bytes.
"""

import csv
import io
from datetime import datetime

import xlsxwriter


def table(header, *rows, mark=True, quote=csv.QUOTE_MINIMAL, end="\r\n"):
    """A .csv with these columns, what a row leaves out being blank; with a byte-order mark, if ``mark``."""
    lines = io.StringIO()
    writer = csv.DictWriter(lines, header, restval="", quoting=quote, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return lines.getvalue().encode("utf-8-sig" if mark else "utf-8")


HUBSPOT_CONTACTS = table(
    ["Record ID", "First Name", "Last Name", "Email", "Phone Number", "Contact owner", "Lead Status",
     "Lifecycle Stage", "Create Date", "Close Date", "Last Activity Date", "Last Contacted",
     "Number of times contacted", "Total Revenue", "Associated Company (Primary)",
     "Associated Company IDs (Primary)", "Associated Deal IDs",
     'Date entered "Customer (Lifecycle Stage Pipeline)"'],
    {"Record ID": "101", "First Name": "Ann", "Last Name": "Lee", "Email": "ann@lee.example",
     "Phone Number": "+44 20 7946 0001", "Contact owner": "Olive Owner", "Lifecycle Stage": "Customer",
     "Create Date": "2025-11-03 09:12", "Close Date": "2026-01-15 00:00",
     "Last Activity Date": "2026-03-30 12:00", "Last Contacted": "2026-03-02 10:30",
     "Number of times contacted": "7", "Total Revenue": "1200.25",
     "Associated Company (Primary)": "Lee Yoga", "Associated Company IDs (Primary)": "101",
     "Associated Deal IDs": "9001;9002"},
    {"Record ID": "102", "First Name": "Bob", "Last Name": "Ray", "Email": "bob@lee.example",
     "Create Date": "2025-12-01 10:00", "Last Contacted": "2026-02-10 15:00",
     "Associated Company (Primary)": "Lee Yoga", "Associated Company IDs (Primary)": "101"},
    {"Record ID": "103", "First Name": "Cleo", "Last Name": "Dow", "Email": "Cleo@dow.example",
     "Lifecycle Stage": "Closed", "Create Date": "2026-02-01", "Last Activity Date": "2026-03-20 18:00"},
    quote=csv.QUOTE_ALL,
)  # fmt: skip
HUBSPOT_COMPANIES = table(
    ["Record ID", "Company name", "Company Domain Name", "Company owner", "Industry", "Create Date",
     "Last Contacted", "Associated Contact", "Associated Contact IDs"],
    {"Record ID": "101", "Company name": "Lee Yoga", "Company Domain Name": "lee.example",
     "Industry": "Wellness", "Create Date": "2025-11-03 09:00", "Last Contacted": "2026-03-02 10:30",
     "Associated Contact": "Ann Lee (ann@lee.example);Bob Ray (bob@lee.example)",
     "Associated Contact IDs": "101;102"},
    {"Record ID": "102", "Company name": "Oak Ltd", "Industry": "Timber",
     "Create Date": "2026-01-20 09:00"},
    quote=csv.QUOTE_ALL,
)  # fmt: skip
HUBSPOT_DEALS = table(
    ["Record ID", "Deal Name", "Pipeline", "Deal Stage", "Amount", "Currency",
     "Amount in company currency", "Close Date", "Create Date", "Deal owner",
     "Associated Company (Primary)", "Associated Company IDs (Primary)", "Associated Contact",
     "Associated Contact IDs"],
    {"Record ID": "9001", "Deal Name": "Website, new", "Deal Stage": "Closed Won", "Amount": "1200.25",
     "Currency": "EUR", "Amount in company currency": "1300", "Close Date": "2026-01-15 16:00",
     "Associated Company (Primary)": "Lee Yoga", "Associated Company IDs (Primary)": "101",
     "Associated Contact": "Ann Lee (ann@lee.example);Bob Ray (bob@lee.example)",
     "Associated Contact IDs": "101;102"},
    {"Record ID": "9002", "Deal Name": "Retainer", "Deal Stage": "Closed Lost", "Amount": "900",
     "Currency": "EUR", "Close Date": "2026-01-20 16:00", "Associated Company (Primary)": "Lee Yoga",
     "Associated Company IDs (Primary)": "101"},
    {"Record ID": "9003", "Deal Name": "Shop", "Deal Stage": "Contract Sent (Sales Pipeline)",
     "Amount": "500", "Currency": "EUR", "Close Date": "2026-12-01 16:00",
     "Associated Contact": "Cleo Dow (cleo@dow.example)", "Associated Contact IDs": "103"},
    {"Record ID": "9004", "Deal Name": "Audit", "Deal Stage": "Closed Won (Sales Pipeline)",
     "Amount": "300", "Currency": "EUR", "Close Date": "2026-02-20 16:00",
     "Associated Company IDs (Primary)": "102"},
    {"Record ID": "9006", "Deal Name": "Some day", "Deal Stage": "Qualified To Buy",
     "Associated Company IDs (Primary)": "102"},
    {"Record ID": "9005", "Deal Name": "Extra", "Deal Stage": "Signed at last", "Amount": "80",
     "Currency": "EUR", "Close Date": "2026-02-21 16:00", "Associated Company (Primary)": "Oak Ltd",
     "Associated Company IDs (Primary)": "102"},
)  # fmt: skip
HUBSPOT_CALLS = table(
    ["Record ID", "Activity date", "Activity assigned to", "Call Title", "Call direction",
     "Call outcome", "Call duration", "Call notes", "Associated Contact", "Associated Contact IDs"],
    {"Record ID": "1", "Activity date": "2026-03-02 10:30", "Activity assigned to": "Olive Owner",
     "Call Title": "Colours", "Call direction": "INBOUND", "Call outcome": "Connected",
     "Call duration": "1500000", "Associated Contact": "Ann Lee (ann@lee.example)",
     "Associated Contact IDs": "101"},
    {"Record ID": "2", "Activity date": "2026-03-05 17:45", "Call Title": "Try again",
     "Call direction": "OUTBOUND", "Call outcome": "No answer", "Call duration": "20000",
     "Associated Contact": "Bob Ray (bob@lee.example)", "Associated Contact IDs": "102"},
    {"Record ID": "3", "Activity date": "2026-03-06 09:00", "Call Title": "Say hello",
     "Call direction": "OUTBOUND", "Call outcome": "b2cf5968-551e-4856-9783-52b3da59a7d0",
     "Call duration": "30000", "Associated Contact": "Cleo Dow", "Associated Contact IDs": "103"},
)  # fmt: skip
HUBSPOT_EMAILS = table(
    ["Record ID", "Activity date", "Email subject", "Email direction", "Email send status",
     "Associated Contact", "Associated Contact IDs"],
    {"Record ID": "4", "Activity date": "2026-03-09 08:05", "Email subject": "Re: both of you",
     "Email direction": "INCOMING_EMAIL", "Associated Contact IDs": "101;103"},
    {"Record ID": "5", "Activity date": "2026-03-10 08:05", "Email subject": "Offer",
     "Email direction": "EMAIL", "Email send status": "BOUNCED", "Associated Contact IDs": "103"},
)  # fmt: skip
HUBSPOT_MEETINGS = table(
    ["Record ID", "Meeting name", "Meeting start time", "Meeting end time", "Meeting outcome",
     "Associated Contact", "Associated Contact IDs"],
    {"Record ID": "6", "Meeting name": "First look", "Meeting start time": "2026-03-12 10:00",
     "Meeting end time": "2026-03-12 11:15", "Meeting outcome": "COMPLETED",
     "Associated Contact IDs": "103"},
    {"Record ID": "7", "Meeting name": "Second look", "Meeting start time": "2026-03-13 10:00",
     "Meeting end time": "2026-03-13 11:00", "Meeting outcome": "NO_SHOW",
     "Associated Contact IDs": "103"},
    {"Record ID": "8", "Meeting name": "Third look", "Meeting start time": "2026-12-03 10:00",
     "Meeting end time": "2026-12-03 11:00", "Meeting outcome": "SCHEDULED",
     "Associated Contact IDs": "103"},
)  # fmt: skip
HUBSPOT_NOTES = table(
    ["Record ID", "Activity date", "Note body", "Associated Contact", "Associated Contact IDs"],
    {"Record ID": "10", "Activity date": "2026-03-20 18:00", "Note body": "Likes mornings,\nnot Mondays",
     "Associated Contact": "Cleo Dow (cleo@dow.example)", "Associated Contact IDs": "103"},
)  # fmt: skip
HUBSPOT_TASKS = table(
    ["Record ID", "Task Title", "Assigned to", "Priority", "Due date", "Task Status", "Task Type",
     "Associated Contact", "Associated Contact IDs"],
    {"Record ID": "11", "Task Title": "Ring Ann", "Due date": "2026-03-02 09:00",
     "Task Status": "COMPLETED", "Task Type": "CALL", "Associated Contact IDs": "101"},
    {"Record ID": "12", "Task Title": "Tidy the file", "Due date": "2026-03-16 09:00",
     "Task Status": "COMPLETED", "Task Type": "TODO", "Associated Contact IDs": "103"},
    {"Record ID": "13", "Task Title": "Write to Bob", "Due date": "2026-12-05 09:00",
     "Task Status": "NOT_STARTED", "Task Type": "EMAIL", "Associated Contact IDs": "102"},
    {"Record ID": "14", "Task Title": "Forgotten", "Due date": "2026-04-01 09:00",
     "Task Status": "NOT_STARTED", "Task Type": "CALL", "Associated Contact IDs": "102"},
)  # fmt: skip

PRIVATE_OF_KEAP = {
    "SSN": "078-05-1120", "Last 4 SSN": "1120ssn", "Password": "hunter2hunter2",
    "OraPassword": "or4cle-secret", "Latest IP": "203.0.113.77", "Original IP": "198.51.100.9",
}  # fmt: skip
"""Header → the value that must be nowhere."""
KEAP_CONTACTS = table(
    ["Id", "Name", "First Name", "Last Name", "Spouse Name", "Birthday", "Company Name", "Company Id",
     "Phone 1", "Phone 1 Ext", "Email", "Email Address 2", "Street Address 1", "Tag Ids", "Tags",
     "Person Type", "Job Title", "Website", "SSN", "Last 4 SSN", "Username", "Password",
     "Date Created", "Last Updated", "OwnerID", "Owner", "Lead Source", "Referral Code",
     "Date Added", "Dateof Last Followup", "Message", "OraPassword", "Latest IP", "Original IP",
     "Lead Score"],
    {"Id": "7", "Name": "Gil Fox", "First Name": "Gil", "Last Name": "Fox", "Birthday": "3/14/1980",
     "Company Name": "Fox Bikes", "Phone 1": "(555) 010-0001", "Email": "gil@fox.example",
     "Tag Ids": "1,2", "Person Type": "Client", "Date Created": "1/9/2026 3:05 PM",
     "Lead Source": "Fair", "Dateof Last Followup": "02/03/26 14:30:00", **PRIVATE_OF_KEAP},
    {"Id": "8", "Name": "Hal Fox", "First Name": "Hal", "Last Name": "Fox", "Company Name": "Fox Bikes",
     "Email": "hal@fox.example", "Birthday": "0/0/0000", "Date Created": "1/10/2026 9:00 AM",
     "Dateof Last Followup": "00/00/0000 00:00:00"},
    {"Id": "9", "Name": "Ivy Kay", "First Name": "Ivy", "Last Name": "Kay", "Email": "ivy@kay.example",
     "Date Created": "1/12/2026 11:59 AM", "Dateof Last Followup": "03/04/2026 00:00:00"},
    mark=False,
)  # fmt: skip
KEAP_ORDERS = table(
    ["Id", "ContactId", "Contact", "First Name", "Last Name", "Title", "Co Name", "Street Address 1",
     "Order Type", "Promo Code", "Order Title", "Order Date", "Product Ids", "Product Name",
     "Serial", "Order Total", "Affiliate Id"],
    {"Id": "501", "ContactId": "7", "Contact": "Gil Fox", "Co Name": "Fox Bikes",
     "Order Type": "Online", "Order Title": "Bike service", "Order Date": "2/5/2026 10:15 AM",
     "Product Name": "Service", "Order Total": "$1,250.00"},
    {"Id": "502", "ContactId": "9", "Contact": "I. Kay", "First Name": "Ivy", "Last Name": "Kay",
     "Order Title": "Helmet", "Order Date": "03/06/26 09:00:00", "Order Total": "$80.50"},
    {"Id": "503", "ContactId": "8", "Contact": "Hal Fox", "Order Title": "Bell",
     "Order Date": "0/0/0000", "Order Total": "$9.00"},
    mark=False,
)  # fmt: skip
KEAP_ACTIONS = table(
    ["Accepted", "ActionDate", "ActionDescription", "ActionType", "CompletionDate", "ContactId",
     "CreatedBy", "CreationDate", "CreationNotes", "EndDate", "Id", "IsAppointment", "ObjectType",
     "UserID"],
    {"ActionDate": "02/10/2026 16:00:00", "ActionDescription": "Rang about brakes",
     "ActionType": "Call", "CompletionDate": "02/10/2026 16:20:00", "ContactId": "7", "Id": "1",
     "IsAppointment": "0", "ObjectType": "Note"},
    {"ActionDate": "02/11/2026 09:00:00", "ActionDescription": "Fitting", "ActionType": "Other",
     "CompletionDate": "00/00/0000 00:00:00", "ContactId": "9", "Id": "2", "IsAppointment": "1",
     "ObjectType": "Appointment"},
    {"ActionDate": "02/12/2026 09:00:00", "ActionDescription": "Ring Ivy", "ActionType": "Call",
     "CompletionDate": "", "ContactId": "9", "Id": "3", "IsAppointment": "0", "ObjectType": "Task"},
    mark=False,
)  # fmt: skip

SHARPSPRING_CONTACTS = table(
    ["SharpSpring ID", "Email", "Owner ID", "Account ID", "Lead Status", "Lead Score",
     "Lead Score with Decay", "Lead Create Date", "First Name", "Last Name", "Title", "Company Name",
     "Industry", "Phone Number", "Office Phone Number", "Mobile Phone", "Description",
     "Is Unsubscribed"],
    {"SharpSpring ID": "311", "Email": "jan@jam.example", "Account ID": "0", "Lead Status": "Open",
     "Lead Score": "12", "Lead Create Date": "2026-01-05 10:00:00", "First Name": "Jan",
     "Last Name": "Orr", "Company Name": "Jam & Co", "Industry": "Food", "Is Unsubscribed": "0"},
    {"SharpSpring ID": "312", "Email": "kit@kiln.example", "Account ID": "77",
     "Lead Status": "Contact with Opportunity", "Lead Create Date": "0000-00-00 00:00:00",
     "First Name": "Kit", "Last Name": "Pell", "Office Phone Number": "555 0102",
     "Is Unsubscribed": "1"},
)  # fmt: skip
SHARPSPRING_OPPORTUNITIES = table(
    ["id", "ownerID", "dealStageID", "accountID", "campaignID", "opportunityName", "probability",
     "amount", "isClosed", "isWon", "isActive", "closeDate", "originatingLeadID", "primaryLeadID"],
    {"id": "1", "opportunityName": "Labels", "probability": "100", "amount": "640.00", "isClosed": "1",
     "isWon": "1", "closeDate": "2026-02-14 00:00:00", "primaryLeadID": "311", "accountID": "0"},
    {"id": "2", "opportunityName": "Jars", "amount": "90.00", "isClosed": "1", "isWon": "0",
     "closeDate": "2026-02-15 00:00:00", "primaryLeadID": "311", "accountID": "0"},
    {"id": "3", "opportunityName": "Kiln", "amount": "2000.00", "isClosed": "0", "isWon": "0",
     "closeDate": "2026-12-15 00:00:00", "primaryLeadID": "0", "originatingLeadID": "0",
     "accountID": "77"},
    {"id": "4", "opportunityName": "Nobody's", "amount": "5.00", "isClosed": "1", "isWon": "1",
     "closeDate": "2026-02-16 00:00:00", "primaryLeadID": "999", "accountID": "0"},
    mark=False, end="\n",
)  # fmt: skip


def at(text):
    """A day, with its time if it has one, as a spreadsheet keeps it."""
    return datetime.fromisoformat(text)


def dynamics(sheet, entity, header, *rows):
    """A workbook as Dynamics 365 makes it: a hidden sheet first, three hidden columns in front."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        hidden = book.add_worksheet("hiddenSheet")
        hidden.write("A1", f"{entity}:c2VjcmV0:checksum")
        hidden.hide()
        page = book.add_worksheet(sheet)
        page.activate()
        hidden_columns = [f"(Do Not Modify) {entity}", "(Do Not Modify) Row Checksum",
                          "(Do Not Modify) Modified On"]  # fmt: skip
        page.write_row(0, 0, [*hidden_columns, *header])
        page.set_column("A:C", None, None, {"hidden": True})
        day = book.add_format({"num_format": "m/d/yyyy h:mm"})
        for line, row in enumerate(rows, start=1):
            page.write_row(
                line, 0, [f"{line:08x}-0000-4000-8000-000000000000", "q83v/A==", "3/1/2026 9:00 AM"]
            )
            for column, value in enumerate(row, start=3):
                if isinstance(value, datetime):
                    page.write_datetime(line, column, value, day)
                elif value != "":
                    page.write(line, column, value)
    return content.getvalue()


DYNAMICS_CONTACTS = dynamics(
    "Active Contacts", "Contact",
    [" Full Name", "First Name", "Last Name", "Job Title", "Company Name", "Email", "Business Phone",
     "Mobile Phone", "Status", "Owner"],
    ["Lou Marsh", "Lou", "Marsh", "Buyer", "Marsh Mills", "lou@mills.example", "555 0103", "", "Active",
     "Olive Owner"],
    ["Nia Poe", "Nia", "Poe", "", "", "nia@poe.example", "", "555 0104", "Active", "Olive Owner"],
)  # fmt: skip
DYNAMICS_ACCOUNTS = dynamics(
    "My Active Accounts", "Account",
    ["Account Name", "Main Phone", "Primary Contact", "Email (Primary Contact) (Contact)",
     "Address 1: City", "Industry", "Annual Revenue", "Currency", "Relationship Type", "Status",
     "Created On"],
    ["Marsh Mills", "555 0103", "Lou Marsh", "lou@mills.example", "Leeds", "Textiles", 4_000_000,
     "Euro", "Customer", "Active", at("2025-12-01 09:30")],
)  # fmt: skip
DYNAMICS_OPPORTUNITIES = dynamics(
    "My Open Opportunities", "Opportunity",
    ["Topic", "Account", "Contact", "Est. close date", "Est. revenue", "Actual Revenue",
     "Actual Close Date", "Probability", "Rating", "Status", "Status Reason", "Currency"],
    ["Looms", "Marsh Mills", "", at("2026-01-31"), 900, 950.5, at("2026-02-02 11:00"), 100,
     "Hot", "Won", "Won", "Euro"],
    ["Spares", "", "Nia Poe", at("2026-02-03"), 120, "", "", 100, "Warm", "Won", "Won", "Euro"],
    ["Repair", "Marsh Mills", "", at("2026-02-04"), 70, 0, at("2026-02-04"), 0, "Cold", "Lost",
     "Out-Sold", "Euro"],
    ["Dyes", "Marsh Mills", "", at("2026-12-09"), 400, "", "", 50, "Warm", "Open", "In Progress",
     "Euro"],
)  # fmt: skip
DYNAMICS_ACTIVITIES = dynamics(
    "All Activities", "Activity",
    ["Subject", "Regarding", "Activity Type", "Activity Status", "Owner", "Priority", "Start Date",
     "Due Date", "Date Created"],
    ["Colour chart", "Marsh Mills", "Phone Call", "Completed", "Olive Owner", "Normal", "",
     "2/12/2026 3:00 PM", "2/1/2026 9:00 AM"],
    ["Your mail", "Lou Marsh", "Email", "Completed", "Olive Owner", "Normal", "", "",
     "3/4/2026 8:00 AM"],
    ["Tidy up", "Nia Poe", "Task", "Completed", "Olive Owner", "Low", "3/5/2026 8:00 AM", "",
     "3/5/2026 8:00 AM"],
    ["Looms, again", "Looms", "Email", "Completed", "Olive Owner", "Low", "", "", "3/6/2026 8:00 AM"],
    ["Off the list", "Marsh Mill", "Email", "Completed", "Olive Owner", "Low", "", "",
     "3/7/2026 8:00 AM"],
    ["Not now", "Nia Poe", "Appointment", "Canceled", "Olive Owner", "Low", "3/8/2026 8:00 AM", "",
     "3/1/2026 8:00 AM"],
)  # fmt: skip
DYNAMICS_CALLS = dynamics(
    "My Phone Calls", "Phone Call",
    ["Due", "Recipient", "Assigned To", "Subject", "Regarding", "Activity Status", "Direction", "Duration"],
    [at("2026-02-12 15:00"), "Lou Marsh", "Olive Owner", "Colour chart", "Marsh Mills",
     "Completed", "Outgoing", 20],
)  # fmt: skip
DYNAMICS_APPOINTMENTS = dynamics(
    "My Appointments", "Appointment",
    ["Subject", "Status", "Start Time", "End Time", "Regarding", "Location"],
    ["See the mill", "Completed", at("2026-02-19 10:00"), at("2026-02-19 11:30"),
     "Marsh Mills", "Leeds"],
    ["Next year", "Scheduled", at("2026-12-19 10:00"), at("2026-12-19 11:00"),
     "Nia Poe", ""],
)  # fmt: skip

OUTLOOK_DESKTOP = table(
    ["Title", "First Name", "Middle Name", "Last Name", "Suffix", "Company", "Department", "Job Title",
     "Business Street", "Business Country/Region", "Business Phone", "Home Phone", "Mobile Phone",
     "Anniversary", "Birthday", "Categories", "E-mail Address", "E-mail Type",
     "E-mail Display Name", "E-mail 2 Address", "Government ID Number", "Notes", "Referred By"],
    {"First Name": "Mia", "Middle Name": "R.", "Last Name": "Stone", "Company": "Stöne & Söhne",
     "Business Phone": "0123", "Mobile Phone": "0456", "Anniversary": "0/0/00", "Birthday": "0/0/00",
     "E-mail Address": "mia@stone.example", "E-mail Type": "SMTP", "Government ID Number": "QQ123456C",
     "Notes": "Two\r\nlines, one note", "Referred By": "Lou Marsh"},
    {"First Name": "Ned", "Last Name": "Tarn", "Home Phone": "0789", "Birthday": "7/21/1975",
     "E-mail 2 Address": "ned@tarn.example"},
    mark=False, quote=csv.QUOTE_ALL,
).decode().encode("cp1252")  # fmt: skip
OUTLOOK_WEB = table(
    ["First Name", "Middle Name", "Last Name", "Title", "Birthday", "Notes", "E-mail Address",
     "E-mail 2 Address", "Primary Phone", "Home Phone", "Mobile Phone", "Business Phone", "Company",
     "Job Title", "Business Country", "Categories"],
    {"First Name": "Oli", "Last Name": "Udo", "E-mail Address": "oli@udo.example",
     "Mobile Phone": "0321", "Birthday": "1980-07-21"},
)  # fmt: skip

CALENDLY = table(
    ["User Name", "Team", "Invitee Name", "Invitee First Name", "Invitee Last Name", "Invitee Email",
     "Invitee Time Zone", "Event Type Name", "Start Date & Time", "End Date & Time", "Location",
     "Event Created Date & Time", "Canceled", "Canceled By", "Cancellation reason", "Question 1",
     "Response 1", "Event Price", "Payment Currency", "Guest Email(s)", "Marked as No-Show",
     "Meeting Notes", "User Email", "Event UUID"],
    {"User Name": "Olive Owner", "Invitee Name": "Pam Vale", "Invitee Email": "pam@vale.example",
     "Invitee Time Zone": "Eastern Time - US & Canada", "Event Type Name": "30 Minute Meeting",
     "Start Date & Time": "2026-02-03 10:00 am CET", "End Date & Time": "2026-02-03 10:30 am CET",
     "Canceled": "false", "Marked as No-Show": "No", "Question 1": "Anything?",
     "Response 1": "My knee hurts", "Event Price": "40.00", "Payment Currency": "EUR"},
    {"User Name": "Olive Owner", "Invitee First Name": "Quin", "Invitee Last Name": "West",
     "Invitee Email": "quin@west.example", "Event Type Name": "Intro",
     "Start Date & Time": "2026-02-04 11:30 pm Europe/Berlin",
     "End Date & Time": "2026-02-05 12:15 am Europe/Berlin", "Canceled": "false",
     "Marked as No-Show": "No"},
    {"Invitee Name": "Pam Vale", "Invitee Email": "pam@vale.example", "Event Type Name": "Intro",
     "Start Date & Time": "2026-02-05 10:00 am", "End Date & Time": "2026-02-05 10:30 am",
     "Canceled": "true", "Canceled By": "Pam Vale", "Marked as No-Show": "No"},
    {"Invitee Name": "Pam Vale", "Invitee Email": "pam@vale.example", "Event Type Name": "Intro",
     "Start Date & Time": "2026-02-06 10:00 am", "End Date & Time": "2026-02-06 10:30 am",
     "Canceled": "false", "Marked as No-Show": "Yes"},
    {"Invitee Name": "Pam Vale", "Invitee Email": "pam@vale.example", "Event Type Name": "Intro",
     "Start Date & Time": "2026-12-06 10:00 am (GMT+01:00) Berlin",
     "End Date & Time": "2026-12-06 10:30 am (GMT+01:00) Berlin", "Canceled": "false",
     "Marked as No-Show": "No"},
)  # fmt: skip

EXPORTS = {
    "HubSpot": {
        "hubspot-contacts.csv": HUBSPOT_CONTACTS,
        "hubspot-companies.csv": HUBSPOT_COMPANIES,
        "hubspot-deals.csv": HUBSPOT_DEALS,
        "hubspot-calls.csv": HUBSPOT_CALLS,
        "hubspot-emails.csv": HUBSPOT_EMAILS,
        "hubspot-meetings.csv": HUBSPOT_MEETINGS,
        "hubspot-notes.csv": HUBSPOT_NOTES,
        "hubspot-tasks.csv": HUBSPOT_TASKS,
    },
    "Keap": {
        "keap-contacts.csv": KEAP_CONTACTS,
        "keap-orders.csv": KEAP_ORDERS,
        "keap-actions.csv": KEAP_ACTIONS,
    },
    "SharpSpring": {
        "sharpspring-contacts.csv": SHARPSPRING_CONTACTS,
        "sharpspring-opportunities.csv": SHARPSPRING_OPPORTUNITIES,
    },
    "Dynamics 365": {
        "contacts.xlsx": DYNAMICS_CONTACTS,
        "accounts.xlsx": DYNAMICS_ACCOUNTS,
        "opportunities.xlsx": DYNAMICS_OPPORTUNITIES,
        "activities.xlsx": DYNAMICS_ACTIVITIES,
        "phone-calls.xlsx": DYNAMICS_CALLS,
        "appointments.xlsx": DYNAMICS_APPOINTMENTS,
    },
    "Outlook": {"desktop.csv": OUTLOOK_DESKTOP, "web.csv": OUTLOOK_WEB},
    "Calendly": {"events-export.csv": CALENDLY},
}


def written(folder, product, *names):
    """The folder with the exports of a product in it: all of them, or those of these names."""
    for name, content in EXPORTS[product].items():
        if not names or name in names:
            (folder / name).write_bytes(content)
    return folder
