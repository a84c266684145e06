package io.tailrace.log.catalog;

import io.tailrace.log.storage.Storage;
import java.nio.charset.StandardCharsets;

/**
 * The file {@code .kafka_cleanshutdown}, as Kafka has it: there while a log is closed that was closed in order, with everything
 * forced. Then no partition has to be looked at when the log is opened.
 *
 * <p><b>Owner:</b> the thread that opens or closes the log.
 */
public final class CleanShutdownMarker {
    /** Of the file. */
    public static final String NAME = ".kafka_cleanshutdown";

    // What Kafka writes since 3.7; a broker epoch of -1 says that there was no broker.
    private static final String CONTENT = "{\"version\":0,\"brokerEpoch\":-1}";

    private final Storage storage;

    public CleanShutdownMarker(Storage storage) {
        this.storage = storage;
    }

    public boolean exists() {
        return storage.exists(NAME);
    }

    /** To be called last when a log is closed; survives a power loss when it returns. */
    public void write() {
        storage.writeAtomically(NAME, CONTENT.getBytes(StandardCharsets.US_ASCII));
    }

    /** To be called when a log is opened, before anything is written to it; the file cannot come back when this returns. */
    public void remove() {
        storage.delete(NAME);
        storage.forceDirectory("");
    }
}
