package io.profilemesh.cli.demo.shop;

import java.util.List;

/** The countries that the shop delivers to, with names that are common there. */
enum Country {
  DE(
      34,
      "+49",
      "Anna Lena Sophie Marie Lukas Jonas Felix Paul Jürgen Claudia Stefan Katrin Moritz Greta Uwe",
      "Müller Schmidt Schneider Fischer Weber Wagner Becker Hoffmann Schäfer Koch Bauer Richter"
          + " Klein Wolf Neumann Zimmermann Krüger Hartmann",
      "Berlin Hamburg München Köln Leipzig Dresden Stuttgart Bremen Nürnberg"),
  FR(
      18,
      "+33",
      "Camille Léa Chloé Manon Hugo Louis Jules Arthur Pierre Nathalie Benoît Élodie Antoine",
      "Martin Bernard Dubois Thomas Robert Petit Durand Leroy Moreau Lefèvre Fournier Girard",
      "Paris Lyon Marseille Toulouse Nantes Lille Bordeaux Rennes"),
  IT(
      13,
      "+39",
      "Giulia Sofia Aurora Alice Leonardo Francesco Lorenzo Matteo Chiara Davide Paola Niccolò",
      "Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo",
      "Roma Milano Napoli Torino Bologna Firenze Genova Verona"),
  NL(
      11,
      "+31",
      "Emma Julia Mila Tess Daan Sem Lucas Bram Femke Joris Anouk Ruben",
      "Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer",
      "Amsterdam Rotterdam Utrecht Eindhoven Groningen Haarlem"),
  ES(
      9,
      "+34",
      "Lucía María Carmen Paula Hugo Mateo Álvaro Javier Íñigo Marta Sergio Elena",
      "García Fernández González Rodríguez López Martínez Sánchez Pérez Gómez Díaz Ruiz Muñoz",
      "Madrid Barcelona Valencia Sevilla Bilbao Málaga"),
  AT(
      7,
      "+43",
      "Johanna Valentina Magdalena Theresa Maximilian Tobias Florian Elias Gerhard Birgit",
      "Gruber Huber Steiner Moser Mayer Hofer Leitner Berger Fuchs Eder Pichler",
      "Wien Graz Linz Salzburg Innsbruck"),
  PL(
      5,
      "+48",
      "Zofia Hanna Maja Katarzyna Jakub Antoni Szymon Michał Agnieszka Łukasz",
      "Nowak Kowalski Wiśniewski Wójcik Kamiński Lewandowski Zieliński Woźniak Mazur",
      "Warszawa Kraków Wrocław Poznań Gdańsk"),
  SE(
      3,
      "+46",
      "Alva Astrid Elsa Wilma Oscar Axel Nils Linnéa Björn Åsa",
      "Andersson Johansson Karlsson Nilsson Eriksson Larsson Olsson Lindqvist Åberg",
      "Stockholm Göteborg Malmö Uppsala");

  /** Customers in a hundred. */
  final int share;

  final String dialCode;
  final List<String> givenNames;
  final List<String> familyNames;
  final List<String> cities;

  Country(int share, String dialCode, String givenNames, String familyNames, String cities) {
    this.share = share;
    this.dialCode = dialCode;
    this.givenNames = List.of(givenNames.split(" "));
    this.familyNames = List.of(familyNames.split(" "));
    this.cities = List.of(cities.split(" "));
  }
}
