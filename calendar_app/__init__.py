"""Calendars, meetings, invitations and free time. The room stands empty until meetings are arranged."""
