package io.tailrace.storesuite;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.state.StoreBuilder;
import io.tailrace.stores.Stores;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Nothing that can be built is left out of the suites. */
class StoreMatrixTest {
    @Test
    void shouldHaveAKindForEveryBuilder() {
        Set<String> builders = Arrays.stream(Stores.class.getMethods())
                .filter(method -> method.getReturnType() == StoreBuilder.class)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tested = Arrays.stream(StoreKind.values())
                .map(kind -> kind.builderMethod)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tested).isEqualTo(builders);
    }

    @Test
    void shouldRunEveryVariantInASuite() {
        assertThat(StoreVariant.all()).doesNotHaveDuplicates().allSatisfy(variant -> {
            Class<?> suite = variant.kind().form.suite;
            assertThat(StoreContract.class).isAssignableFrom(suite);
            assertThat(Modifier.isAbstract(suite.getModifiers())).isFalse();
            assertThat(suite.getSimpleName()).endsWith("Test"); // or it would not be run
        });
        assertThat(StoreVariant.all().stream().map(StoreVariant::toString)).doesNotHaveDuplicates();
    }

    @Test
    void shouldBuildEveryKindInEachStorageCachedAndNotLoggedAndNot() {
        for (StoreKind kind : StoreKind.values()) {
            Set<String> combinations = StoreVariant.all().stream()
                    .filter(variant -> variant.kind() == kind)
                    .map(variant -> variant.storage() + " " + variant.cached() + " " + variant.logged())
                    .collect(Collectors.toSet());
            int storages = kind.form == StoreKind.Form.LRU ? 1 : 2;
            int cachings = kind.form == StoreKind.Form.VERSIONED ? 1 : 2;
            assertThat(combinations).as(kind.toString()).hasSize(storages * cachings * 2);
        }
    }
}
