/** The made-up shop of the demo: believable rows, the same for the same seed and day. */
@NullMarked
package io.profilemesh.cli.demo.shop;

import org.jspecify.annotations.NullMarked;
