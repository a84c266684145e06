package io.tailrace.serde;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

/** Knows classes whose objects cannot change and are equal exactly when all they hold is. */
final class ImmutableTypes {
    private static final Set<Class<?>> PLAIN = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class);

    private ImmutableTypes() {}

    /**
     * Records count if all their components do. One with annotations does not: they may keep a component out of the bytes, which
     * the object still has.
     */
    static boolean contains(Class<?> type) {
        if (type.isPrimitive() || PLAIN.contains(type) || type.isEnum() || isTime(type)) {
            return true;
        }
        return type.isRecord()
                && type.getAnnotations().length == 0
                && Arrays.stream(type.getRecordComponents()).allMatch(component -> isPlain(component, type));
    }

    private static boolean isPlain(RecordComponent component, Class<?> owner) {
        return component.getType() != owner && component.getAnnotations().length == 0 && contains(component.getType());
    }

    private static boolean isTime(Class<?> type) {
        return type.getPackageName().equals("java.time") && Comparable.class.isAssignableFrom(type);
    }
}
