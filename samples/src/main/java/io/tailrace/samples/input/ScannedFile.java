package io.tailrace.samples.input;

/**
 * An input file that was read to its end and found whole.
 *
 * @param hasHeader whether the first line is a header, which is not counted as a line
 * @param id the first 8 bytes of the SHA-256 of the uncompressed content: the same lines are the same input, whatever the
 *     file is called and whether or not it is compressed
 * @param longestLine in bytes
 */
public record ScannedFile(InputFile file, boolean hasHeader, long id, long lines, long longestLine) {}
