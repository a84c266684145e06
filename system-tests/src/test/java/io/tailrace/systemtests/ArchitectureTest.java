package io.tailrace.systemtests;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the house together: module arrows, package cycles, and who alone may touch what. */
class ArchitectureTest {

    /** Module -> its packages. A package belongs to exactly one module. */
    private static final Map<String, List<String>> MODULES = Map.of(
            "core-log", List.of("io.tailrace.common..", "io.tailrace.serde..", "io.tailrace.log.."),
            "processor-api",
                    List.of(
                            "io.tailrace.processor..",
                            "io.tailrace.errors..",
                            "io.tailrace.query..",
                            "io.tailrace.state..",
                            "io.tailrace.topology.."),
            "state-stores", List.of("io.tailrace.stores.."),
            "streams-dsl", List.of("io.tailrace.kstream..", "io.tailrace.dsl.."),
            "streams-runtime", List.of("io.tailrace.runtime.."),
            "test-kit", List.of("io.tailrace.testkit.."),
            "samples", List.of("io.tailrace.samples.."),
            "cli", List.of("io.tailrace.cli.."),
            "benchmarks", List.of("io.tailrace.benchmarks.."));

    private static final String[] COMMON_AND_SERDE = {"io.tailrace.common..", "io.tailrace.serde.."};

    private static final SliceAssignment BY_PACKAGE = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    private static JavaClasses product;

    @BeforeAll
    static void importProduct() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.tailrace");
    }

    @Test
    void shouldGiveEveryPackageToExactlyOneModule() {
        TreeSet<String> homeless = new TreeSet<>();
        for (JavaClass type : product) {
            long owners = MODULES.values().stream()
                    .filter(packages -> inAny(packages).test(type))
                    .count();
            if (owners != 1) {
                homeless.add(type.getPackageName());
            }
        }
        assertThat(homeless).isEmpty();
    }

    @Test
    void shouldKeepCoreLogOnTheGroundFloor() {
        onlyUse("core-log");
    }

    @Test
    void shouldLetTheProcessorApiSeeOnlyCommonAndSerdeOfTheLog() {
        noClasses()
                .that()
                .resideInAnyPackage(packages("processor-api"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.tailrace..")
                        .and(DescribedPredicate.not(resideInAnyPackage(COMMON_AND_SERDE)))
                        .and(DescribedPredicate.not(resideInAnyPackage(packages("processor-api")))))
                .check(product);
    }

    @Test
    void shouldLetStateStoresSeeOnlyTheProcessorApi() {
        onlyUse("state-stores", "processor-api");
    }

    @Test
    void shouldKeepTheDslAwayFromRuntimeAndLog() {
        onlyUse("streams-dsl", "processor-api", "state-stores");
    }

    @Test
    void shouldKeepTheRuntimeAwayFromTheDslAndTheStores() {
        onlyUse("streams-runtime", "core-log", "processor-api");
        noClasses()
                .that()
                .resideInAnyPackage(packages("streams-runtime"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.rocksdb..")
                .check(product);
    }

    @Test
    void shouldKeepTheTestKitAwayFromTheDsl() {
        onlyUse("test-kit", "streams-runtime", "state-stores", "core-log", "processor-api");
    }

    @Test
    void shouldLetOnlyTheCommandLineDependOnTheSamples() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.tailrace.samples..", "io.tailrace.cli..", "io.tailrace.benchmarks..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tailrace.samples..")
                .check(product);
    }

    @Test
    void shouldLetTheCommandLineSeeTheLogTheRuntimeAndTheSamples() {
        onlyUse("cli", "core-log", "streams-runtime", "samples");
    }

    @Test
    void shouldLetNothingDependOnTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tailrace.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tailrace.cli..")
                .check(product);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core-log",
                "processor-api",
                "state-stores",
                "streams-dsl",
                "streams-runtime",
                "test-kit",
                "samples",
                "cli"
            })
    void shouldHaveNoPackageCycleInside(String module) {
        slices().assignedFrom(BY_PACKAGE)
                .should()
                .beFreeOfCycles()
                .check(product.that(inAny(MODULES.getOrDefault(module, List.of()))));
    }

    @Test
    void shouldOpenFilesOfTheLogOnlyInItsStoragePackage() {
        noClasses()
                .that()
                .resideInAnyPackage("io.tailrace.log..")
                .and()
                .resideOutsideOfPackage("io.tailrace.log.storage..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.channels.FileChannel")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.RandomAccessFile")
                .check(product);
    }

    @Test
    void shouldReadTheClockOnlyThroughTime() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.tailrace.samples..", "io.tailrace.benchmarks..")
                .and()
                .doNotHaveFullyQualifiedName("io.tailrace.common.SystemTime")
                .and()
                .doNotHaveFullyQualifiedName("io.tailrace.common.Time")
                .and()
                .doNotHaveFullyQualifiedName("io.tailrace.common.Time$1")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(product);
    }

    @Test
    void shouldHaveAPackageInfoInEveryPackage() {
        TreeSet<String> described = new TreeSet<>();
        TreeSet<String> all = new TreeSet<>();
        for (JavaClass type : product) {
            all.add(type.getPackageName());
            if (type.getSimpleName().equals("package-info")) {
                described.add(type.getPackageName());
            }
        }
        assertThat(described).isEqualTo(all);
    }

    @Test
    void shouldNameNoPublicTypeImplManagerOrUtils() {
        classes()
                .that()
                .resideInAPackage("io.tailrace..")
                .should()
                .haveNameNotMatching(".*(Impl|Manager|Utils?)")
                .check(product);
    }

    private static void onlyUse(String module, String... others) {
        List<String> allowed = new java.util.ArrayList<>(MODULES.getOrDefault(module, List.of()));
        for (String other : others) {
            allowed.addAll(MODULES.getOrDefault(other, List.of()));
        }
        // What a module may use brings the words it is written in along.
        allowed.addAll(List.of(COMMON_AND_SERDE));
        noClasses()
                .that()
                .resideInAnyPackage(packages(module))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.tailrace..").and(DescribedPredicate.not(inAny(allowed))))
                .check(product);
    }

    private static DescribedPredicate<JavaClass> inAny(List<String> packages) {
        return resideInAnyPackage(packages.toArray(String[]::new));
    }

    private static String[] packages(String module) {
        return MODULES.getOrDefault(module, List.of()).toArray(String[]::new);
    }
}
