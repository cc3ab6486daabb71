// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

extension OOXMLChart {
    /// A chart's title, its kind and the data that it shows.
    static func blocks(_ root: XMLElement, _ labels: LabelLanguage) -> [Block] {
        var blocks = blocks(root)
        guard let kind = kind(root) else { return blocks }
        let place = blocks.firstIndex { if case .table = $0 { true } else { false } } ?? blocks.count
        blocks.insert(.paragraph([.text(kind.text(in: labels))]), at: place)
        return blocks
    }

    /// The kind of the chart's first plot (21.2.2).
    private static func kind(_ root: XMLElement) -> Label? {
        for plot in root.descendant(.c_plotArea)?.children ?? XMLElement.null.children {
            switch plot.known {
            case .c_barChart, .c_bar3DChart: return .barChart
            case .c_lineChart, .c_line3DChart: return .lineChart
            case .c_pieChart, .c_pie3DChart, .c_ofPieChart: return .pieChart
            case .c_doughnutChart: return .doughnutChart
            case .c_areaChart, .c_area3DChart: return .areaChart
            case .c_scatterChart: return .scatterChart
            case .c_bubbleChart: return .bubbleChart
            case .c_radarChart: return .radarChart
            case .c_stockChart: return .stockChart
            case .c_surfaceChart, .c_surface3DChart: return .surfaceChart
            default: continue
            }
        }
        return nil
    }
}
