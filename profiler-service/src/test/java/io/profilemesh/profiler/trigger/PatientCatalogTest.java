package io.profilemesh.profiler.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.SourceName;
import io.profilemesh.profiler.dialect.TableDescription;
import io.profilemesh.profiler.dialect.TableRef;
import io.profilemesh.profiler.source.TableCatalog;
import io.profilemesh.profiler.source.TableCatalog.Lookup;
import io.profilemesh.profiler.source.TableLooks;
import io.profilemesh.schema.ReasonCode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PatientCatalogTest {

  private static final SourceName WAREHOUSE = new SourceName("warehouse");
  private static final SourceName LAKE = new SourceName("lake");

  @Test
  void shouldAskAgainWhenTheSourceFailsForAMoment() {
    FakeCatalog fake = new FakeCatalog().with("public", "orders");
    fake.failing(2, ReasonCode.SOURCE_UNREACHABLE);

    try (PatientCatalog catalog = patient(fake, Duration.ofSeconds(10))) {
      assertThat(catalog.tables(WAREHOUSE)).isInstanceOf(Lookup.Answer.class);
    }
    assertThat(fake.asked()).isEqualTo(3);
  }

  @Test
  void shouldNotAskAgainWhenTheFailureIsPermanent() {
    FakeCatalog fake = new FakeCatalog().failing(1, ReasonCode.PERMISSION_DENIED);

    try (PatientCatalog catalog = patient(fake, Duration.ofSeconds(10))) {
      assertThat(catalog.tables(WAREHOUSE)).isInstanceOf(Lookup.Failure.class);
    }
    assertThat(fake.asked()).isEqualTo(1);
  }

  @Test
  void shouldLetTheSourceRestAfterAFailureAndOthersGoOn() {
    // given
    FakeCatalog fake = new FakeCatalog().failing(Integer.MAX_VALUE, ReasonCode.SOURCE_UNREACHABLE);
    try (PatientCatalog catalog = patient(fake, Duration.ofMillis(500))) {
      catalog.tables(WAREHOUSE);
      fake.failing(0, ReasonCode.SOURCE_UNREACHABLE);
      int asked = fake.asked();

      // when
      Lookup<List<TableRef>> resting = catalog.tables(WAREHOUSE);
      Lookup<List<TableRef>> other = catalog.tables(LAKE);

      // then
      assertThat(resting).isInstanceOf(Lookup.Failure.class);
      assertThat(other).isInstanceOf(Lookup.Answer.class);
      assertThat(fake.asked()).isEqualTo(asked + 1);
    }
  }

  @Test
  void shouldNotWaitLongerThanItsPatienceWhenTheSourceHangs() {
    CountDownLatch never = new CountDownLatch(1);
    TableCatalog hanging =
        new TableCatalog() {
          @Override
          public Lookup<TableLooks> look(SourceName source, Collection<TableRef> tables) {
            throw new UnsupportedOperationException("not asked here");
          }

          @Override
          public Lookup<List<TableRef>> tables(SourceName source) {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return new Lookup.Answer<>(List.of());
          }

          @Override
          public Lookup<Optional<TableDescription>> describe(
              SourceName source, String schema, String table) {
            return new Lookup.Answer<>(Optional.empty());
          }
        };

    try (PatientCatalog catalog = patient(hanging, Duration.ofMillis(50))) {
      assertThat(catalog.tables(WAREHOUSE))
          .isInstanceOfSatisfying(
              Lookup.Failure.class,
              failure -> assertThat(failure.code()).isEqualTo(ReasonCode.SOURCE_UNREACHABLE));
    }
  }

  private static PatientCatalog patient(TableCatalog catalog, Duration patience) {
    return new PatientCatalog(catalog, patience, Duration.ofHours(1));
  }
}
