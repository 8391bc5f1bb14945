/** Sources and datasets as configured: the file, its rules, and table patterns. */
@NullMarked
package io.profilemesh.configuration;

import org.jspecify.annotations.NullMarked;
