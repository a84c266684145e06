package io.tailrace.stores.rocksdb;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;

/** The options of one store's column family: the defaults, as the application's setter changed them. */
final class FamilyOptions implements AutoCloseable {
    private final String storeName;
    private final ColumnFamilyOptions defaults;
    private final @Nullable RocksDBConfigSetter setter;
    private final @Nullable Options changed; // null without a setter
    private final @Nullable ColumnFamilyOptions own; // null without a setter

    private FamilyOptions(
            String storeName,
            ColumnFamilyOptions defaults,
            @Nullable RocksDBConfigSetter setter,
            @Nullable Options changed) {
        this.storeName = storeName;
        this.defaults = defaults;
        this.setter = setter;
        this.changed = changed;
        this.own = changed == null ? null : new ColumnFamilyOptions(changed);
    }

    static FamilyOptions of(String storeName, RocksMemory memory, RocksSettings settings) {
        RocksDBConfigSetter setter = settings.newSetter();
        ColumnFamilyOptions defaults = memory.storeOptions();
        if (setter == null) {
            return new FamilyOptions(storeName, defaults, null, null);
        }
        Options options;
        try (DBOptions instance = memory.instanceOptions()) {
            options = new Options(instance, defaults);
        }
        boolean set = false;
        try {
            setter.setConfig(storeName, options, settings.configs());
            set = true;
        } finally {
            if (!set) {
                options.close();
                defaults.close();
            }
        }
        return new FamilyOptions(storeName, defaults, setter, options);
    }

    ColumnFamilyOptions ofFamily() {
        return own != null ? own : defaults;
    }

    /** Those of the whole instance, for the caller to close. */
    DBOptions ofInstance(RocksMemory memory) {
        return changed == null
                ? memory.instanceOptions()
                : new DBOptions(changed).setCreateIfMissing(true).setAtomicFlush(true);
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
        if (setter != null && changed != null) {
            setter.close(storeName, changed);
            changed.close();
        }
        defaults.close();
    }
}
