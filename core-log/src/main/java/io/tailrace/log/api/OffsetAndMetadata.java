package io.tailrace.log.api;

/**
 * A committed offset.
 *
 * @param offset the next record to read, from 0
 * @param metadata free text of the committer, "" for none
 */
public record OffsetAndMetadata(long offset, String metadata) {

    public OffsetAndMetadata {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + ", expected 0 or more");
        }
    }

    public OffsetAndMetadata(long offset) {
        this(offset, "");
    }
}
