package io.tailrace.storesuite;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.processor.StateStore;
import io.tailrace.stores.TestContext;
import java.nio.file.Path;
import java.util.List;

/** A store that is open, as the only one of its task. */
record OpenStore(StateStore store, Subject subject, TestContext context) implements AutoCloseable {
    static final TopicPartition CHANGELOG = TestContext.changelogOf(StoreKind.NAME);

    static OpenStore open(StoreVariant variant, Path stateDirectory) {
        TestContext context = new TestContext(stateDirectory);
        StateStore store = variant.builder().build();
        store.init(context, store);
        return new OpenStore(store, variant.kind().subject(store), context);
    }

    List<ConsumerRecord<byte[], byte[]>> changelog() {
        return context.logged(StoreKind.NAME);
    }

    /** Tells the store that a commit begins, then where its changelog ends. */
    void commit() {
        store.commit(context.end(StoreKind.NAME));
    }

    void restore(List<ConsumerRecord<byte[], byte[]>> records) {
        context.restore(StoreKind.NAME, records);
    }

    @Override
    public void close() {
        store.close();
    }
}
