package io.tailrace.log.partition;

/**
 * What is known of an intact batch in a segment file.
 *
 * @param position of its first byte in the file
 */
record StoredBatch(int position, int sizeInBytes, long baseOffset, long lastOffset, long maxTimestamp) {
    int end() {
        return position + sizeInBytes;
    }

    long nextOffset() {
        return lastOffset + 1;
    }
}
