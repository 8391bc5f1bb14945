package io.profilemesh.cli.demo.shop;

import java.util.List;

/** What the shop sells: things with materials, ordinary prices in euros and weights in grams. */
enum Category {
  KITCHEN("Kitchen", 6, 140, 120, 4_000, "Pan Kettle Teapot Grater Bowl Ladle Mortar Whisk Sieve"),
  GARDEN("Garden", 5, 220, 200, 9_000, "Trowel Rake Planter Hose Shears Lantern Birdhouse Bench"),
  OFFICE("Office", 2, 90, 30, 2_500, "Notebook Stapler Desk_Lamp Pen_Tray Folder Paperweight"),
  TEXTILE("Textiles", 8, 160, 150, 3_000, "Blanket Towel Cushion Tablecloth Bath_Mat Curtain"),
  TOYS("Toys", 4, 75, 80, 1_800, "Train Puzzle Spinning_Top Kite Doll_House Marble_Run"),
  OUTDOOR("Outdoor", 12, 420, 250, 7_500, "Tent Backpack Hammock Flask Camping_Stove Headlamp"),
  LIGHTING("Lighting", 9, 260, 200, 5_000, "Floor_Lamp Pendant Candle_Holder Wall_Light");

  private static final List<String> MATERIALS =
      List.of(
          "Oak", "Steel", "Linen", "Copper", "Walnut", "Enamel", "Cotton", "Bamboo", "Glass",
          "Felt", "Cork", "Brass");

  final String label;
  final int lowestPrice;
  final int highestPrice;
  final int lightest;
  final int heaviest;
  final List<String> things;

  Category(
      String label, int lowestPrice, int highestPrice, int lightest, int heaviest, String things) {
    this.label = label;
    this.lowestPrice = lowestPrice;
    this.highestPrice = highestPrice;
    this.lightest = lightest;
    this.heaviest = heaviest;
    this.things = List.of(things.split(" "));
  }

  /** A name for the n-th product of the category; all names of a category differ. */
  String name(int n) {
    String thing = things.get(n % things.size()).replace('_', ' ');
    int rest = n / things.size();
    String material = MATERIALS.get((rest + ordinal()) % MATERIALS.size());
    int series = rest / MATERIALS.size();
    return material + " " + thing + (series == 0 ? "" : " No. " + (series + 1));
  }
}
