package io.tailrace.log.partition;

import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;

/**
 * Tells what a power loss leaves from what a flipped bit leaves. A device that loses power may have written a later sector of a
 * file but not an earlier one, which then reads as zeros; a flipped bit changes a byte here or there. The difference counts only
 * where nothing was known to be forced: there, a batch with such a hole was never acknowledged as durable, nor were those behind
 * it, so all of them go. Damage of the other kind is kept, with the good data behind it.
 *
 * <p>A write counts as lost when the damage begins with {@value #MIN_BYTES} zeros, the base offset and length of a batch; or when
 * some sector is zero as far as it lies behind the start of the damage, and that is as much at least.
 */
final class LostWrite {
    private static final int SECTOR_BYTES = 512;
    private static final int MIN_BYTES = 12;
    private static final int WINDOW_BYTES = 64 * 1024; // a multiple of a sector

    private LostWrite() {}

    /** Whether some of the damaged bytes were never written. */
    static boolean isIn(Damage damage, StorageFile file) {
        int end = damage.position() + damage.bytes();
        int at = damage.position();
        if (damage.bytes() >= MIN_BYTES) {
            ByteBuffer first = ByteBuffer.allocate(MIN_BYTES);
            file.read(first, at);
            if (isZero(first, 0, MIN_BYTES)) {
                return true;
            }
        }
        ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
        while (at < end) {
            int windowEnd = Math.min(end, at - at % SECTOR_BYTES + WINDOW_BYTES);
            window.clear().limit(windowEnd - at);
            file.read(window, at);
            for (int from = at; from < windowEnd; ) {
                int to = Math.min(windowEnd, from - from % SECTOR_BYTES + SECTOR_BYTES);
                boolean wholeRest = to % SECTOR_BYTES == 0;
                if (wholeRest && to - from >= MIN_BYTES && isZero(window, from - at, to - at)) {
                    return true;
                }
                from = to;
            }
            at = windowEnd;
        }
        return false;
    }

    private static boolean isZero(ByteBuffer bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }
}
