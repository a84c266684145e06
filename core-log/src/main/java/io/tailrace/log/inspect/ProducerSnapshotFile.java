package io.tailrace.log.inspect;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.Storage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A snapshot of what a partition knows about its producers; Kafka's format of version 1:
 *
 * <pre>
 *   int16 version | uint32 CRC-32C of the bytes behind it | int32 count | count * 46 bytes:
 *     int64 producer id | int16 epoch | int32 last sequence | int64 last offset | int32 offset delta
 *     | int64 timestamp | int32 coordinator epoch | int64 first offset of the open transaction
 * </pre>
 *
 * <p>What a log adds behind the producers is covered by the checksum and not looked at.
 */
final class ProducerSnapshotFile {
    private static final int CRC_AT = 2;
    private static final int COUNT_AT = 6;
    private static final int HEADER_BYTES = 10;
    private static final int ENTRY_BYTES = 46;

    private ProducerSnapshotFile() {}

    static List<ProducerEntry> entries(byte[] bytes) {
        List<ProducerEntry> entries = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes).position(Math.min(bytes.length, HEADER_BYTES));
        int count = bytes.length < HEADER_BYTES ? 0 : in.getInt(COUNT_AT);
        while (entries.size() < count && in.remaining() >= ENTRY_BYTES) {
            entries.add(new ProducerEntry(
                    in.getLong(),
                    in.getShort(),
                    in.getInt(),
                    in.getLong(),
                    in.getInt(),
                    in.getLong(),
                    in.getInt(),
                    in.getLong()));
        }
        return entries;
    }

    static void check(Storage storage, String path, boolean moving, List<Finding> findings) {
        byte[] bytes;
        try {
            bytes = storage.readAllBytes(path);
        } catch (StorageException e) {
            if (!moving) {
                findings.add(Finding.ofFile(Severity.REPAIRABLE, path, String.valueOf(e.getMessage()), "a snapshot"));
            }
            return;
        }
        if (bytes.length < HEADER_BYTES) {
            findings.add(new Finding(
                    Severity.REPAIRABLE,
                    path,
                    0,
                    bytes.length + " bytes",
                    "a snapshot of " + HEADER_BYTES + " or more"));
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes, COUNT_AT, bytes.length - COUNT_AT);
        int stored = in.getInt(CRC_AT);
        if (in.getShort(0) != 1) {
            findings.add(new Finding(Severity.REPAIRABLE, path, 0, "version " + in.getShort(0), "1"));
        } else if ((int) crc.getValue() != stored) {
            findings.add(new Finding(
                    Severity.REPAIRABLE,
                    path,
                    CRC_AT,
                    "CRC-32C 0x" + Long.toHexString(crc.getValue()),
                    "0x" + Integer.toHexString(stored) + ", which is stored"));
        } else if (in.getInt(COUNT_AT) < 0 || in.getInt(COUNT_AT) > (bytes.length - HEADER_BYTES) / ENTRY_BYTES) {
            findings.add(new Finding(
                    Severity.REPAIRABLE,
                    path,
                    COUNT_AT,
                    in.getInt(COUNT_AT) + " entries in " + bytes.length + " bytes",
                    "entries of " + ENTRY_BYTES + " bytes"));
        }
    }
}
