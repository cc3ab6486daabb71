// SPDX-License-Identifier: Apache-2.0
package import DocumentReading

extension Format {
    package static let ics = Format(
        "ics", "iCalendar", extensions: ["ics", "ical", "ifb"],
        mediaTypes: ["text/calendar"],
        carried: "events, tasks and journal entries with times and zones as written, recurrence, place, people, description",
        leftOut: "alarms, definitions of time zones, attachments",
        reader: { CalendarReader() })
}
