package io.profilemesh.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.profilemesh.cli.ExitCode;
import io.profilemesh.cli.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {

  @ParameterizedTest
  @CsvSource({
    "public.orders, , public.orders, false",
    "public.*, , public.*, true",
    "*, , *, true",
    "orders, , orders, true",
    "public.order?, , public.order?, true",
    "shop.public.orders, shop, public.orders, false",
    "shop/public/orders, shop, public.orders, false",
    "shop/public/*, shop, public.*, true",
    "/public\\.(a|b)/, , /public\\.(a|b)/, true",
    "public.größe, , public.größe, false",
  })
  void shouldReadEverySpelling(String text, String source, String pattern, boolean isPattern) {
    TableName name = TableName.parse(text);

    assertThat(name.source()).isEqualTo(source);
    assertThat(name.pattern()).isEqualTo(pattern);
    assertThat(name.isPattern()).isEqualTo(isPattern);
  }

  @Test
  void shouldReadSliceOfDataset() {
    assertThat(TableName.parse("shop/public/orders@daily").slice()).isEqualTo("daily");
  }

  @Test
  void shouldNameOneDatasetUnlessPattern() {
    assertThat(TableName.parse("public.orders").dataset("shop"))
        .hasToString("Optional[shop/public/orders]");
    assertThat(TableName.parse("dwh/public/orders").dataset("shop"))
        .hasToString("Optional[dwh/public/orders]");
    assertThat(TableName.parse("public.*").dataset("shop")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "public.", ".orders", "a..b", "a.b.c.d", "a/b", "a/b/c/d", "/", "//"})
  void shouldRefuseWithAdviceWhenNothingIsNamed(String text) {
    assertThatThrownBy(() -> TableName.parse(text))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
              assertThat(failure.remedy()).isNotEmpty();
            });
  }
}
