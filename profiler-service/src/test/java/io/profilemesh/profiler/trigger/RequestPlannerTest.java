package io.profilemesh.profiler.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.profilemesh.configuration.ConfigurationFile;
import io.profilemesh.configuration.ConfigurationMistakes;
import io.profilemesh.configuration.ProfilerConfiguration;
import io.profilemesh.core.profile.DatasetId;
import io.profilemesh.core.profile.RunId;
import io.profilemesh.profiler.dialect.TableLook;
import io.profilemesh.profiler.plan.Decision;
import io.profilemesh.profiler.plan.FakeTableStates;
import io.profilemesh.profiler.plan.Planning;
import io.profilemesh.profiler.trigger.Answer.DatasetOutcome;
import io.profilemesh.profiler.work.RunKey;
import io.profilemesh.profiler.work.TestClock;
import io.profilemesh.schema.ProfileRequest;
import io.profilemesh.schema.ReasonCode;
import io.profilemesh.schema.RecordRules;
import io.profilemesh.schema.RunEventType;
import io.profilemesh.schema.RunOptions;
import io.profilemesh.schema.SliceRequest;
import io.profilemesh.schema.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestPlannerTest {

  private final TestClock clock = new TestClock();
  private final FakeLedger ledger = new FakeLedger();
  private final FakeCatalog catalog =
      new FakeCatalog()
          .with("public", "orders")
          .with("public", "orders_tmp")
          .with("public", "customers")
          .with("sales", "orders");
  private final FakeTableStates states = new FakeTableStates();
  private RequestPlanner planner;

  @BeforeEach
  void prepare() throws ConfigurationMistakes {
    configure(
        """
        sources: { warehouse: { type: postgresql, database: d, username: u } }
        datasets:
          - { source: warehouse, table: public.orders,
              slice: { name: daily, column: at, period: P1D } }
          - { source: warehouse, include: ["public.*"], exclude: ["*_tmp"],
              slice: { name: monthly, column: at, period: P1M } }
        """);
  }

  private void configure(String text) throws ConfigurationMistakes {
    ProfilerConfiguration configuration =
        ConfigurationFile.parse("test", text, Path.of("."), Map.of());
    planner =
        new RequestPlanner(
            configuration,
            new RequestExpansion(catalog),
            new Planning(configuration, catalog, states, clock),
            clock);
  }

  @Test
  void shouldAcceptATableByItsName() {
    Answer answer = plan(request("public.orders").setRequestId("r1"));

    assertThat(answer.requestId()).isEqualTo("r1");
    assertThat(answer.runId()).isEqualTo(RunId.derivedFrom("r1"));
    assertThat(answer.remembered()).isTrue();
    assertThat(accepted(answer)).containsExactly("warehouse/public/orders");
  }

  @Test
  void shouldUseTheRunIdOfTheRequesterWhenGiven() {
    RunId own = RunId.parse("0192f0e4-7b5c-7c3e-8d1a-3f0c4b5a9d10");

    assertThat(plan(request("public.orders").setRunId(own.toString())).runId()).isEqualTo(own);
  }

  @Test
  void shouldExpandPatternsAndLeaveOutExclusions() {
    assertThat(accepted(plan(request("public.*").setExclude(List.of("*_tmp")))))
        .containsExactly("warehouse/public/orders", "warehouse/public/customers");
    assertThat(accepted(plan(request("orders"))))
        .containsExactly("warehouse/public/orders", "warehouse/sales/orders");
    assertThat(accepted(plan(request("/sales\\..*/")))).containsExactly("warehouse/sales/orders");
  }

  @Test
  void shouldExpandSeveralTablesAndNameThoseThatAreMissing() {
    Answer answer =
        plan(
            request("public.orders")
                .setTables(List.of("public.orders", "public.gone", "sales.*", "public.customers")));

    assertThat(amongAccepted(answer))
        .containsExactly(
            "warehouse/public/orders", "warehouse/public/customers", "warehouse/sales/orders");
    assertThat(answer.outcomes())
        .filteredOn(outcome -> outcome instanceof DatasetOutcome.Declined)
        .singleElement()
        .satisfies(
            outcome -> {
              DatasetOutcome.Declined declined = (DatasetOutcome.Declined) outcome;
              assertThat(declined.dataset()).hasToString("warehouse/public/gone");
              assertThat(declined.code()).isEqualTo(ReasonCode.NO_MATCHING_TABLE);
            });
  }

  @Test
  void shouldSayOnceThatATableIsGone() {
    // given: read before, and dropped since
    states.scanned("warehouse/public/dropped", "t1", clock.instant());
    states.scanned("warehouse/public/dropped_tmp", "t1", clock.instant());
    states.scanned("warehouse/sales/dropped", "t1", clock.instant());
    ProfileRequest request = request("public.*").setExclude(List.of("*_tmp")).build();
    BatchMemory memory = new BatchMemory(ledger, states);

    // when: asked for a plan, then twice in a batch that is not committed, then in others
    Answer planned =
        planner.plan(
            received(ProfileRequest.newBuilder(request).setDryRun(true).build(), 1), memory);
    Answer first = planner.plan(received(request, 2), memory);
    Answer second = planner.plan(received(request, 3), memory);
    Answer repeated = planner.plan(received(request, 4), new BatchMemory(ledger, states));
    memory.commit();
    Answer later = planner.plan(received(request, 5), new BatchMemory(ledger, states));

    // then
    assertThat(List.of(planned, second, later)).allMatch(answer -> vanished(answer).isEmpty());
    assertThat(vanished(first)).containsExactly("warehouse/public/dropped");
    assertThat(vanished(repeated)).containsExactly("warehouse/public/dropped");
    assertThat(amongAccepted(first)).hasSize(2);
    assertThat(states.known("warehouse"))
        .extracting(DatasetId::toString)
        .containsExactly("warehouse/public/dropped_tmp", "warehouse/sales/dropped");
  }

  @Test
  void shouldSayThatAllTablesOfAPatternAreGone() {
    states.scanned("warehouse/public/dropped", "t1", clock.instant());

    assertThat(vanished(plan(request("public.drop*")))).hasSize(1);
    assertThat(declined(plan(request("public.drop*").setDryRun(true))).code())
        .isEqualTo(ReasonCode.NO_MATCHING_TABLE);
  }

  private static List<String> vanished(Answer answer) {
    return answer.outcomes().stream()
        .filter(
            outcome ->
                outcome instanceof DatasetOutcome.Declined declined
                    && declined.code() == ReasonCode.TABLE_VANISHED)
        .map(outcome -> outcome.dataset().toString())
        .toList();
  }

  @Test
  void shouldSkipWhatHasNotChangedWhenASchedulePlans() {
    unchanged("orders");

    Answer answer = plan(request("public.*").setTrigger(Trigger.SCHEDULE));

    assertThat(amongAccepted(answer))
        .containsExactly("warehouse/public/orders_tmp", "warehouse/public/customers");
    DatasetOutcome.Declined skipped = (DatasetOutcome.Declined) answer.outcomes().get(0);
    assertThat(skipped.type()).isEqualTo(RunEventType.SKIPPED);
    assertThat(skipped.code()).isEqualTo(ReasonCode.UNCHANGED);
    assertThat(skipped.decision().kind()).isEqualTo(Decision.Kind.SKIP);
    assertThat(skipped.decision().token()).isEqualTo("t1");
  }

  @ParameterizedTest
  @EnumSource(
      value = Trigger.class,
      names = {"REQUEST", "CLI", "REST", "CHANGE_CAPTURE", "BACKFILL", "UNKNOWN"})
  void shouldNeverSkipWhatSomebodyAskedFor(Trigger trigger) {
    unchanged("orders");

    assertThat(accepted(plan(request("public.orders").setTrigger(trigger))))
        .containsExactly("warehouse/public/orders");
  }

  @Test
  void shouldReadASampledRequestOfAScheduleToo() {
    unchanged("orders");
    RunOptions options = RunOptions.newBuilder().setIncludeColumns(List.of("id")).build();

    assertThat(
            accepted(
                plan(request("public.orders").setTrigger(Trigger.SCHEDULE).setOptions(options))))
        .hasSize(1);
  }

  @Test
  void shouldOnlyPlanADryRun() {
    unchanged("orders");

    Answer answer = plan(request("public.*").setDryRun(true));

    assertThat(answer.outcomes())
        .hasSize(3)
        .allSatisfy(
            outcome ->
                assertThat(((DatasetOutcome.Declined) outcome).code())
                    .isEqualTo(ReasonCode.DRY_RUN))
        .extracting(outcome -> outcome.decision().kind())
        .containsExactly(Decision.Kind.SKIP, Decision.Kind.FULL, Decision.Kind.FULL);
  }

  @Test
  void shouldSayThatADryRunCannotReachTheSource() {
    catalog.failing(100, ReasonCode.SOURCE_UNREACHABLE);

    Answer answer = plan(request("public.orders").setDryRun(true));

    assertThat(((DatasetOutcome.Declined) answer.outcomes().get(0)).code())
        .isEqualTo(ReasonCode.SOURCE_UNREACHABLE);
  }

  private void unchanged(String table) {
    catalog.withToken(table, TableLook.of("t1", 100L, 8192L));
    states.scanned("warehouse/public/" + table, "t1", clock.instant().minusSeconds(3600));
  }

  @Test
  void shouldAcceptAnExactNameWhenTheSourceIsAway() {
    catalog.failing(1, ReasonCode.SOURCE_UNREACHABLE);

    assertThat(accepted(plan(request("public.unseen")))).containsExactly("warehouse/public/unseen");
  }

  @Test
  void shouldRefuseAPatternWhenTheSourceIsAway() {
    catalog.failing(1, ReasonCode.SOURCE_UNREACHABLE);

    assertThat(declined(plan(request("public.*"))).code()).isEqualTo(ReasonCode.SOURCE_UNREACHABLE);
  }

  @Test
  void shouldRefuseAnExactNameWhenTheSourceDeniesAccess() {
    catalog.failing(1, ReasonCode.PERMISSION_DENIED);

    assertThat(declined(plan(request("public.orders"))).code())
        .isEqualTo(ReasonCode.PERMISSION_DENIED);
  }

  @Test
  void shouldRefuseAColumnTheTableDoesNotHave() {
    Answer answer =
        plan(
            request("public.orders")
                .setOptions(
                    RunOptions.newBuilder().setIncludeColumns(List.of("id", "e*", "x")).build()));

    assertThat(declined(answer).code()).isEqualTo(ReasonCode.UNKNOWN_COLUMN);
    assertThat(declined(answer).message()).contains("'x'");
  }

  @Test
  void shouldRefuseAnExpiredDeadline() {
    assertThat(
            declined(plan(request("public.orders").setDeadline(clock.instant().minusSeconds(1))))
                .code())
        .isEqualTo(ReasonCode.DEADLINE_EXPIRED);
    assertThat(accepted(plan(request("public.orders").setDeadline(clock.instant().plusSeconds(1)))))
        .hasSize(1);
  }

  @Test
  void shouldNotRepeatWhatIsNoName() {
    Answer answer =
        plan(request("jdbc:postgresql://h/d?password=x").setSource("jdbc:postgresql://h?p=x"));

    assertThat(declined(answer).code()).isEqualTo(ReasonCode.INVALID_REQUEST);
    assertThat(answer.toString()).doesNotContain("password").doesNotContain("//h");
  }

  @Test
  void shouldSkipARepeatAndRefuseAConflict() {
    // given
    BatchMemory memory = new BatchMemory(ledger, states);
    ProfileRequest first = request("public.orders").setRequestId("r1").build();
    planner.plan(received(first, 1), memory);

    // when: in the same batch, then in a later one
    Answer repeat = planner.plan(received(first, 2), memory);
    memory.commit();
    ProfileRequest later = ProfileRequest.newBuilder(first).setRequestedAt(clock.instant()).build();
    Answer again = planner.plan(received(later, 3), new BatchMemory(ledger, states));
    Answer conflict =
        planner.plan(
            received(ProfileRequest.newBuilder(first).setTable("public.customers").build(), 4),
            new BatchMemory(ledger, states));

    // then
    assertThat(List.of(repeat, again))
        .allSatisfy(
            answer -> {
              assertThat(declined(answer).type()).isEqualTo(RunEventType.SKIPPED);
              assertThat(declined(answer).code()).isEqualTo(ReasonCode.DUPLICATE_REQUEST);
              assertThat(answer.remembered()).isFalse();
              assertThat(answer.requestId()).isEqualTo("r1");
            });
    assertThat(declined(conflict).type()).isEqualTo(RunEventType.FAILED);
    assertThat(declined(conflict).code()).isEqualTo(ReasonCode.CONFLICTING_REQUEST);
    assertThat(List.of(repeat.runId(), again.runId(), conflict.runId()))
        .doesNotHaveDuplicates()
        .doesNotContain(RunId.derivedFrom("r1"));
  }

  @Test
  void shouldNotRememberAnswersOfABatchThatWasNotCommitted() {
    ProfileRequest first = request("public.orders").setRequestId("r1").build();
    planner.plan(received(first, 1), new BatchMemory(ledger, states));

    assertThat(accepted(planner.plan(received(first, 1), new BatchMemory(ledger, states))))
        .hasSize(1);
  }

  @Test
  void shouldSkipADatasetWhoseRunOfThatIdHasEnded() {
    RunId own = RunId.derivedFrom("mine");
    ledger.rememberEnd(new RunKey(own, DatasetId.of("warehouse", "public", "orders")));

    Answer answer = plan(request("public.orders").setRunId(own.toString()));

    assertThat(declined(answer).code()).isEqualTo(ReasonCode.DUPLICATE_REQUEST);
  }

  @Test
  void shouldDeriveTheIdWhenItCannotBeUsed() {
    Answer answer = plan(request("public.orders").setRequestId("a\nb"));

    assertThat(answer.requestId()).isEqualTo("requests/0/1");
    assertThat(declined(answer).code()).isEqualTo(ReasonCode.INVALID_REQUEST);
  }

  @Test
  void shouldMeanTheNewestClosedPeriodOfASlice() {
    // given
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);

    // when
    Answer answer = plan(slice("public.orders", "daily", null, null, null).setRequestId("r1"));

    // then
    assertThat(accepted(answer)).containsExactly("warehouse/public/orders@daily");
    DatasetOutcome.Accepted only = (DatasetOutcome.Accepted) answer.outcomes().get(0);
    assertThat(only.runId()).isEqualTo(RunId.derivedFrom("r1"));
    assertThat(only.slice())
        .isEqualTo(new SliceRequest("daily", today.minus(Duration.ofDays(1)), today, null));
  }

  @Test
  void shouldMakeARunOfEachPeriodOfABackFill() {
    // given
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);

    // when
    Answer answer = plan(slice("public.orders", "daily", null, null, 3).setRequestId("r1"));
    Answer again = plan(slice("public.orders", "daily", null, null, 3).setRequestId("r1"));

    // then
    assertThat(answer.outcomes()).hasSize(3).isEqualTo(again.outcomes());
    assertThat(periods(answer))
        .containsExactly(
            today.minus(Duration.ofDays(3)),
            today.minus(Duration.ofDays(2)),
            today.minus(Duration.ofDays(1)));
    List<RunId> runs = runs(answer);
    assertThat(runs).doesNotHaveDuplicates();
    assertThat(runs.get(2)).isEqualTo(RunId.derivedFrom("r1"));
  }

  @Test
  void shouldTakeADateOrARangeOfClosedPeriods() {
    Instant first = Instant.parse("2024-02-28T00:00:00Z");

    assertThat(periods(plan(slice("public.orders", "daily", first, plusDays(first, 1), null))))
        .containsExactly(first);
    assertThat(periods(plan(slice("public.orders", "daily", first, plusDays(first, 3), null))))
        .containsExactly(first, plusDays(first, 1), Instant.parse("2024-03-01T00:00:00Z"));
  }

  @Test
  void shouldRefusePeriodsThatAreNone() {
    Instant noon = Instant.parse("2024-02-28T12:00:00Z");
    Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);

    for (ProfileRequest.Builder request :
        List.of(
            slice("public.orders", "daily", noon, plusDays(noon, 1), null),
            slice("public.orders", "daily", today, plusDays(today, 1), null),
            slice("public.orders", "hourly", null, null, null),
            slice("sales.orders", "daily", null, null, null),
            slice("public.orders", "daily", null, null, 0),
            slice("public.orders", "daily", noon, null, null))) {
      assertThat(declined(plan(request)).code()).isEqualTo(ReasonCode.INVALID_OPTION);
      assertThat(declined(plan(request)).message()).endsWith(".");
    }
  }

  @Test
  void shouldSliceThoseTablesOfAPatternThatHaveTheSlice() {
    Answer answer = plan(slice("/.*/", "monthly", null, null, 2));

    assertThat(accepted(answer))
        .containsExactly(
            "warehouse/public/orders@monthly",
            "warehouse/public/orders@monthly",
            "warehouse/public/customers@monthly",
            "warehouse/public/customers@monthly");
  }

  private static ProfileRequest.Builder slice(
      String table, String name, Instant start, Instant end, Integer last) {
    return request(table)
        .setOptions(
            RunOptions.newBuilder().setSlice(new SliceRequest(name, start, end, last)).build());
  }

  private static Instant plusDays(Instant instant, int days) {
    return instant.plus(Duration.ofDays(days));
  }

  private static List<Instant> periods(Answer answer) {
    assertThat(answer.outcomes()).hasOnlyElementsOfType(DatasetOutcome.Accepted.class);
    return answer.outcomes().stream()
        .map(outcome -> ((DatasetOutcome.Accepted) outcome).slice().getStart())
        .toList();
  }

  private static List<RunId> runs(Answer answer) {
    return answer.outcomes().stream()
        .map(outcome -> ((DatasetOutcome.Accepted) outcome).runId())
        .toList();
  }

  private Answer plan(ProfileRequest.Builder request) {
    return planner.plan(received(request.build(), 1), new BatchMemory(ledger, states));
  }

  private static ProfileRequest.Builder request(String table) {
    return ProfileRequest.newBuilder().setSource("warehouse").setTable(table);
  }

  private static ReceivedRequest received(ProfileRequest request, long offset) {
    String coordinates = "requests/0/" + offset;
    return new ReceivedRequest(
        request,
        RecordRules.check(request).orElse(null),
        coordinates,
        TraceContext.of(coordinates));
  }

  private static List<String> amongAccepted(Answer answer) {
    return answer.outcomes().stream()
        .filter(outcome -> outcome instanceof DatasetOutcome.Accepted)
        .map(outcome -> outcome.dataset().toString())
        .toList();
  }

  private static List<String> accepted(Answer answer) {
    assertThat(answer.outcomes()).hasOnlyElementsOfType(DatasetOutcome.Accepted.class);
    return answer.outcomes().stream().map(outcome -> outcome.dataset().toString()).toList();
  }

  private static DatasetOutcome.Declined declined(Answer answer) {
    assertThat(answer.outcomes()).hasSize(1);
    return (DatasetOutcome.Declined) answer.outcomes().get(0);
  }
}
