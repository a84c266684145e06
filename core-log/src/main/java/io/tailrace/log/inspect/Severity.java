package io.tailrace.log.inspect;

/** What a {@link Finding} means for the records of a log. */
public enum Severity {
    /** Records, or what is known about them, cannot be read or are not what was written. */
    DAMAGE,
    /** No record is affected: the log makes the file again by itself, or does without it. */
    REPAIRABLE,
    /** Nothing is wrong, but somebody who looks closely wants to know. */
    NOTE
}
