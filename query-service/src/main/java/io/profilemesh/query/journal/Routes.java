package io.profilemesh.query.journal;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Routes as the API has them: the method and the path with the names of its parameters. */
final class Routes {

  private static final Map<Method, String> NAMES = new ConcurrentHashMap<>();

  private Routes() {}

  static String of(Method method) {
    return NAMES.computeIfAbsent(method, Routes::name);
  }

  private static String name(Method method) {
    String verb = "";
    for (Annotation annotation : method.getAnnotations()) {
      HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
      if (http != null) {
        verb = http.value();
      }
    }
    String path =
        path(method.getDeclaringClass().getAnnotation(Path.class))
            + path(method.getAnnotation(Path.class));
    return verb + ' ' + path.replaceAll("\\{([^:}]+):[^}]*}", "{$1}");
  }

  private static String path(@Nullable Path path) {
    return path == null ? "" : path.value();
  }
}
