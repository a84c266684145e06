package io.tailrace.stores.layer;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import org.jspecify.annotations.Nullable;

/** How the key of an entry looks in the store and in the changelog. Owner: the task's thread. */
public interface KeyForm {
    /** Keys that are the same in both. */
    KeyForm PLAIN = new KeyForm() {
        @Override
        public String layout() {
            return "kv";
        }

        @Override
        public byte[] toRecord(Bytes storeKey) {
            return storeKey.get();
        }

        @Override
        public Bytes toStore(byte[] recordKey) {
            return Bytes.wrap(recordKey);
        }
    };

    /** Names the form: letters, digits and dashes. Another form, another name. */
    String layout();

    byte[] toRecord(Bytes storeKey);

    /** The key to restore to, null for an entry that is not to be restored because its time is over. */
    @Nullable
    Bytes toStore(byte[] recordKey);

    /** An entry of the store itself, not of the changelog, to be restored with what {@link #toStore} has seen so far. */
    default @Nullable KeyValue<byte[], byte[]> bookkeeping() {
        return null;
    }
}
