// SPDX-License-Identifier: Apache-2.0

/// The language of the words that readers add to a document, such as "Hidden slide" or "Notes".
package enum LabelLanguage: String, Sendable, Hashable, CaseIterable { case en, de, fr, es }

/// A word that is ours and not the document's.
package enum Label: Sendable, Hashable, CaseIterable {
    case notes, hiddenSlide, attachments
    case hidden, veryHidden, hiddenRows, hiddenColumns
    case areaChart, barChart, bubbleChart, doughnutChart, lineChart, pieChart, radarChart, scatterChart, stockChart, surfaceChart
    case size, depth, frames, pages, taken, camera, lens, exposure, place, altitude, author, copyright, keywords, software, comment
    case title, artist, album, track, genre, year, duration, codec, bitRate, sampleRate, channels, composer, lyrics
    case begins, ends, recurs, status, organizer, attendees, location
    case phone, email, address, organization, role, birthday, website, note

    package func text(in language: LabelLanguage) -> String {
        let (en, de, fr, es) = words
        return switch language {
        case .en: en
        case .de: de
        case .fr: fr
        case .es: es
        }
    }

    private var words: (String, String, String, String) {
        switch self {
        case .notes: ("Notes", "Notizen", "Notes", "Notas")
        case .hiddenSlide: ("Hidden slide", "Ausgeblendete Folie", "Diapositive masquée", "Diapositiva oculta")
        case .hidden: ("hidden", "ausgeblendet", "masquée", "oculta")
        case .veryHidden: ("very hidden", "streng ausgeblendet", "très masquée", "muy oculta")
        case .hiddenRows: ("Hidden rows", "Ausgeblendete Zeilen", "Lignes masquées", "Filas ocultas")
        case .hiddenColumns: ("Hidden columns", "Ausgeblendete Spalten", "Colonnes masquées", "Columnas ocultas")
        case .areaChart: ("Area chart", "Flächendiagramm", "Graphique en aires", "Gráfico de áreas")
        case .barChart: ("Bar chart", "Balkendiagramm", "Graphique à barres", "Gráfico de barras")
        case .bubbleChart: ("Bubble chart", "Blasendiagramm", "Graphique à bulles", "Gráfico de burbujas")
        case .doughnutChart: ("Doughnut chart", "Ringdiagramm", "Graphique en anneau", "Gráfico de anillos")
        case .lineChart: ("Line chart", "Liniendiagramm", "Graphique en courbes", "Gráfico de líneas")
        case .pieChart: ("Pie chart", "Kreisdiagramm", "Graphique en secteurs", "Gráfico circular")
        case .radarChart: ("Radar chart", "Netzdiagramm", "Graphique en radar", "Gráfico radial")
        case .scatterChart: ("Scatter chart", "Punktdiagramm", "Nuage de points", "Gráfico de dispersión")
        case .stockChart: ("Stock chart", "Kursdiagramm", "Graphique boursier", "Gráfico de cotizaciones")
        case .surfaceChart: ("Surface chart", "Oberflächendiagramm", "Graphique en surface", "Gráfico de superficie")
        case .attachments: ("Attachments", "Anhänge", "Pièces jointes", "Adjuntos")
        case .size: ("Size", "Größe", "Dimensions", "Tamaño")
        case .depth: ("Bit depth", "Farbtiefe", "Profondeur", "Profundidad")
        case .frames: ("Frames", "Einzelbilder", "Images", "Fotogramas")
        case .pages: ("Pages", "Seiten", "Pages", "Páginas")
        case .taken: ("Taken", "Aufgenommen", "Prise de vue", "Tomada")
        case .camera: ("Camera", "Kamera", "Appareil", "Cámara")
        case .lens: ("Lens", "Objektiv", "Objectif", "Objetivo")
        case .exposure: ("Exposure", "Belichtung", "Exposition", "Exposición")
        case .place: ("Place", "Ort", "Lieu", "Lugar")
        case .altitude: ("Altitude", "Höhe", "Altitude", "Altitud")
        case .author: ("Author", "Autor", "Auteur", "Autor")
        case .copyright: ("Copyright", "Urheberrecht", "Droits d’auteur", "Derechos de autor")
        case .keywords: ("Keywords", "Stichwörter", "Mots-clés", "Palabras clave")
        case .software: ("Software", "Programm", "Logiciel", "Programa")
        case .comment: ("Comment", "Kommentar", "Commentaire", "Comentario")
        case .title: ("Title", "Titel", "Titre", "Título")
        case .artist: ("Artist", "Interpret", "Artiste", "Artista")
        case .album: ("Album", "Album", "Album", "Álbum")
        case .track: ("Track", "Titelnummer", "Piste", "Pista")
        case .genre: ("Genre", "Genre", "Genre", "Género")
        case .year: ("Date", "Datum", "Date", "Fecha")
        case .duration: ("Duration", "Dauer", "Durée", "Duración")
        case .codec: ("Codec", "Codec", "Codec", "Códec")
        case .bitRate: ("Bit rate", "Bitrate", "Débit", "Tasa de bits")
        case .sampleRate: ("Sample rate", "Abtastrate", "Fréquence", "Frecuencia")
        case .channels: ("Channels", "Kanäle", "Canaux", "Canales")
        case .composer: ("Composer", "Komponist", "Compositeur", "Compositor")
        case .lyrics: ("Lyrics", "Liedtext", "Paroles", "Letra")
        case .begins: ("Begins", "Beginn", "Début", "Inicio")
        case .ends: ("Ends", "Ende", "Fin", "Fin")
        case .recurs: ("Recurs", "Wiederholung", "Récurrence", "Repetición")
        case .status: ("Status", "Status", "État", "Estado")
        case .organizer: ("Organizer", "Veranstalter", "Organisateur", "Organizador")
        case .attendees: ("Attendees", "Teilnehmer", "Participants", "Asistentes")
        case .location: ("Location", "Ort", "Lieu", "Lugar")
        case .phone: ("Phone", "Telefon", "Téléphone", "Teléfono")
        case .email: ("Email", "E-Mail", "E-mail", "Correo")
        case .address: ("Address", "Adresse", "Adresse", "Dirección")
        case .organization: ("Organization", "Organisation", "Organisation", "Organización")
        case .role: ("Role", "Funktion", "Fonction", "Función")
        case .birthday: ("Birthday", "Geburtstag", "Anniversaire", "Cumpleaños")
        case .website: ("Website", "Website", "Site web", "Sitio web")
        case .note: ("Note", "Notiz", "Note", "Nota")
        }
    }
}
