package io.tailrace.log.partition;

import java.util.Locale;

/** File names of a segment: its base offset in 20 digits, so that names sort like offsets, and what the file holds. */
final class SegmentName {
    static final String LOG = ".log";
    static final String OFFSET_INDEX = ".index";
    static final String TIME_INDEX = ".timeindex";
    static final String TRANSACTION_INDEX = ".txnindex";
    static final String SNAPSHOT = ".snapshot";
    /** The offset in a name that has none. */
    static final long NONE = -1;

    private static final int DIGITS = 20;

    private SegmentName() {}

    static String of(long baseOffset, String suffix) {
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", baseOffset) + suffix;
    }

    static boolean isLog(String name) {
        return baseOffset(name) != NONE;
    }

    /** The base offset in the name of a log file, {@link #NONE} for any other name. */
    static long baseOffset(String name) {
        return offset(name, LOG);
    }

    /** The offset in the name of a file with that suffix, {@link #NONE} for any other name. */
    static long offset(String name, String suffix) {
        if (name.length() != DIGITS + suffix.length() || !name.endsWith(suffix)) {
            return NONE;
        }
        long offset = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9 || offset > (Long.MAX_VALUE - digit) / 10) {
                return NONE;
            }
            offset = offset * 10 + digit;
        }
        return offset;
    }
}
