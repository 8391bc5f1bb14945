package io.profilemesh.profiler.scan;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A connection whose statements are written in another dialect than its engine speaks. */
final class TranslatedConnection {

  private TranslatedConnection() {}

  /**
   * @param translation from the dialect to the engine's
   * @param said told of every statement as it came
   */
  static Connection of(
      Connection connection, UnaryOperator<String> translation, Consumer<String> said) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          Object answer = invoke(connection, method, arguments);
          return answer instanceof Statement statement && method.getName().equals("createStatement")
              ? statement(statement, translation, said)
              : answer;
        };
    return proxy(Connection.class, handler);
  }

  private static Statement statement(
      Statement statement, UnaryOperator<String> translation, Consumer<String> said) {
    return proxy(
        Statement.class,
        (proxy, method, arguments) -> {
          if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) {
            said.accept(sql);
            arguments[0] = translation.apply(sql);
          }
          return invoke(statement, method, arguments);
        });
  }

  private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            TranslatedConnection.class.getClassLoader(),
            List.of(type).toArray(new Class<?>[0]),
            handler));
  }
}
