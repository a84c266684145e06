package io.tailrace.log.catalog;

import io.tailrace.log.storage.Storage;
import java.util.Map;

/**
 * Producer ids that no producer of this log has had before. Blocks of them are reserved in the file {@code producer-ids.json},
 * which is forced, so after a crash at most the rest of a block is lost. Nothing is reserved before the first id is asked for.
 *
 * <p><b>Threads:</b> any.
 */
public final class ProducerIds {
    /** Of the file. */
    public static final String NAME = "producer-ids.json";

    private static final String NEXT_FIELD = "nextProducerId";
    private static final int FORMAT_VERSION = 1;
    private static final int BLOCK_IDS = 1000;

    private final JsonFile file;
    private final long firstId;

    // guarded by this
    private long next;
    private long blockEnd;

    /** @param firstId when there is no file yet: above all ids that can have been given, should the file have been lost */
    public ProducerIds(Storage storage, long firstId) {
        this.file = new JsonFile(storage, NAME, FORMAT_VERSION);
        this.firstId = firstId;
    }

    /**
     * Looks whether the file of a log can be read, if there is one.
     *
     * @throws io.tailrace.common.errors.StorageException when it is damaged
     */
    public static void check(Storage storage) {
        JsonFile file = new JsonFile(storage, NAME, FORMAT_VERSION);
        if (file.exists()) {
            file.read().longInteger(NEXT_FIELD);
        }
    }

    /** @throws io.tailrace.common.errors.StorageException when a block cannot be reserved; a later call tries again */
    public synchronized long next() {
        if (next == blockEnd) {
            long begin = file.exists() ? file.read().longInteger(NEXT_FIELD) : firstId;
            file.write(Map.of(NEXT_FIELD, begin + BLOCK_IDS));
            next = begin;
            blockEnd = begin + BLOCK_IDS;
        }
        return next++;
    }
}
