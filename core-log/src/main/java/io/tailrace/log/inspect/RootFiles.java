package io.tailrace.log.inspect;

import io.tailrace.common.errors.TailraceException;
import io.tailrace.log.catalog.OffsetCheckpoint;
import io.tailrace.log.catalog.ProducerIds;
import io.tailrace.log.storage.Storage;
import java.util.List;

/** The small files beside the catalog that say more than the batches do. */
final class RootFiles {
    private static final List<String> NAMES = List.of(OffsetCheckpoint.LOG_START_OFFSETS, ProducerIds.NAME);

    private RootFiles() {}

    /** Those that are there. */
    static List<String> of(Storage storage) {
        return NAMES.stream().filter(storage::exists).toList();
    }

    /** Copies those that can be read. The log does without the others: {@link LogFiles} has noted what is wrong with them. */
    static void copyForSalvage(Storage source, Storage target, List<String> notes) {
        for (String name : of(source)) {
            try {
                if (name.equals(ProducerIds.NAME)) {
                    ProducerIds.check(source);
                }
                target.writeAtomically(name, source.readAllBytes(name));
            } catch (TailraceException e) {
                notes.add(name + " was not copied: " + e.getMessage());
            }
        }
    }
}
