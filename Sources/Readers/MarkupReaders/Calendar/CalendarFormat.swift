// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let ics = Format(
        "ics", "iCalendar", extensions: ["ics", "ical", "ifb", "vcs"],
        mediaTypes: ["text/calendar", "text/x-vcalendar"],
        carried: "events, tasks and journal entries with times and zones as written, recurrence, place, people, description, addresses of attachments",
        leftOut: "alarms, definitions of time zones, files within",
        reader: { CalendarReader() })
}
