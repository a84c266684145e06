package io.tailrace.stores.rocksdb;

import io.tailrace.common.Time;
import io.tailrace.common.config.ConfigException;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.StoreConfig;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an application says about RocksDB.
 *
 * @param owner whose memory budget it is
 * @param setterClass null for none
 * @param configs of the application
 * @param time says when commits have to go to files
 */
record RocksSettings(
        String owner,
        long budgetBytes,
        @Nullable Class<? extends RocksDBConfigSetter> setterClass,
        Map<String, Object> configs,
        Time time) {
    private static final String BUDGET = StoreConfig.ROCKSDB_MEMORY_BUDGET;
    private static final String SETTER = StoreConfig.ROCKSDB_CONFIG_SETTER;

    static RocksSettings of(StateStoreContext context) {
        Map<String, Object> configs = context.appConfigs();
        return new RocksSettings(
                context.applicationId(), budget(configs.get(BUDGET)), setter(configs), configs, Time.SYSTEM);
    }

    /** With another clock. */
    RocksSettings withTime(Time other) {
        return new RocksSettings(owner, budgetBytes, setterClass, configs, other);
    }

    private static long budget(@Nullable Object value) {
        if (value == null) {
            return StoreConfig.DEFAULT_ROCKSDB_MEMORY_BUDGET;
        }
        long bytes;
        try {
            bytes = Long.parseLong(value.toString().trim());
        } catch (NumberFormatException e) {
            throw new ConfigException(BUDGET, value, "expected a number of bytes", e);
        }
        if (bytes < StoreConfig.MIN_ROCKSDB_MEMORY_BUDGET) {
            throw new ConfigException(
                    BUDGET, bytes, "expected " + StoreConfig.MIN_ROCKSDB_MEMORY_BUDGET + " bytes or more");
        }
        return bytes;
    }

    private static @Nullable Class<? extends RocksDBConfigSetter> setter(Map<String, Object> configs) {
        Object value = configs.get(SETTER);
        if (value == null) {
            return null;
        }
        try {
            Class<?> type = value instanceof Class<?> given
                    ? given
                    : load(value.toString().trim());
            return type.asSubclass(RocksDBConfigSetter.class);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(SETTER, value, "expected a class on the class path", e);
        } catch (ClassCastException e) {
            throw new ConfigException(
                    SETTER, value, "expected a class that implements " + RocksDBConfigSetter.class.getName(), e);
        }
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return Class.forName(name, true, ofThread != null ? ofThread : RocksSettings.class.getClassLoader());
    }

    /** A new setter, null when none is configured. */
    @Nullable
    RocksDBConfigSetter newSetter() {
        if (setterClass == null) {
            return null;
        }
        try {
            return setterClass.getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw notMade(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException e) {
            throw notMade(e);
        }
    }

    private ConfigException notMade(Throwable cause) {
        return new ConfigException(
                SETTER,
                setterClass,
                "expected a public class with a public constructor without parameters that works: " + cause,
                cause);
    }
}
