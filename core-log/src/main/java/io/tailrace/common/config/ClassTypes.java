package io.tailrace.common.config;

import io.tailrace.common.Configurable;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The config types of classes, and of instances that are made from them. */
final class ClassTypes {
    private ClassTypes() {}

    /** A class, or its name. */
    record ClassOf<T>(Class<T> base) implements ConfigType<Class<? extends T>> {
        @Override
        public String expectation() {
            return "the name of a class on the class path that is a " + base.getName();
        }

        @Override
        public @Nullable Class<? extends T> read(String name, Object value, Map<String, ?> configs) {
            Class<?> found =
                    value instanceof Class<?> type ? type : value instanceof String text ? load(text.trim()) : null;
            return found == null || !base.isAssignableFrom(found) ? null : found.asSubclass(base);
        }

        @Override
        public String print(Class<? extends T> value) {
            return value.getName();
        }
    }

    /** An instance, taken as it is; or a class or its name, then an instance is created and configured. */
    record InstanceOf<T>(Class<T> base) implements ConfigType<T> {
        @Override
        public String expectation() {
            return "a " + base.getName() + ", or the name of such a class with a public constructor without parameters";
        }

        @Override
        public @Nullable T read(String name, Object value, Map<String, ?> configs) {
            if (base.isInstance(value)) {
                return base.cast(value);
            }
            Class<? extends T> type = new ClassOf<>(base).read(name, value, configs);
            if (type == null) {
                return null;
            }
            T instance = create(name, type);
            if (instance instanceof Configurable configurable) {
                configurable.configure(configs);
            }
            return instance;
        }

        private T create(String name, Class<? extends T> type) {
            try {
                return type.getConstructor().newInstance();
            } catch (InvocationTargetException e) {
                throw new ConfigException(
                        name, type.getName(), "its constructor failed: " + e.getCause(), e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new ConfigException(name, type.getName(), "expected " + expectation(), e);
            }
        }

        @Override
        public String print(T value) {
            return value.getClass().getName();
        }
    }

    /** By the thread's class loader first, because plug-ins are the application's; null when there is no such class. */
    private static @Nullable Class<?> load(String className) {
        Class<?> found = load(className, Thread.currentThread().getContextClassLoader());
        return found != null ? found : load(className, ClassTypes.class.getClassLoader());
    }

    private static @Nullable Class<?> load(String className, @Nullable ClassLoader loader) {
        try {
            return Class.forName(className, false, loader);
        } catch (ClassNotFoundException e) {
            return null; // the caller's message says what was found and what is expected
        }
    }
}
